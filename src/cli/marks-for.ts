import { asciiMarks, type Marks, unicodeMarks } from '../report/marks.ts';
import type { Io } from './io.ts';

/**
 * Unicode's blocks, unless the terminal or the locale says that it does not have them: TERM is dumb or a VT100, or the first of LC_ALL,
 * LC_CTYPE and LANG that is set (POSIX, XBD 8.2) names the C locale or another character set. Where none is set nothing is said: programs
 * in containers and CI have none, and their logs are UTF-8.
 */
export function marksFor({ env }: Pick<Io, 'env'>): Marks {
  if (/^(dumb$|vt\d)/.test(env.TERM ?? '')) return asciiMarks;
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '') ?? '';
  const [, characters] = locale.split('@', 1)[0]?.split('.') ?? [];
  if (characters !== undefined) return /^utf-?8$/i.test(characters) ? unicodeMarks : asciiMarks;
  return locale === 'C' || locale === 'POSIX' ? asciiMarks : unicodeMarks;
}
