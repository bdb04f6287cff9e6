import { extname } from 'node:path';
import { DeployclockError } from '../errors.ts';

/**
 * The format that a file's extension asks for; to be looked up before there is anything to write.
 * @param what the document, in a few words
 * @throws DeployclockError USAGE, naming the known extensions
 */
export function fileFormat<Format>(file: string, formats: Readonly<Record<string, Format>>, what: string): Format {
  const extension = extname(file).toLowerCase();
  const format = Object.hasOwn(formats, extension) ? formats[extension] : undefined;
  if (format !== undefined) return format;
  const found = extension === '' ? 'the name has no extension' : `"${extension}" is no format of ${what}`;
  throw new DeployclockError('USAGE', `${file}: ${found}.`, { hint: `Known: ${Object.keys(formats).join(', ')}` });
}
