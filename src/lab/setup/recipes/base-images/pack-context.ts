import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type Work } from '../../run-command.ts';
import { withTemporaryFolder } from '../../temporary-folder.ts';
import { caBundleFile } from './dockerfile-lines.ts';
import type { StandIn } from './stand-in.ts';

/** The archive's members belong to root and are of no date: the same content gives the same bytes, whoever packs it and when. */
const plain = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];

/**
 * Packs a stand-in's build context, with a file `Dockerfile`, into the tar file `output`.
 * @param parts folder where the heavy parts lie
 * @param caBundle PEM text of this machine's certificate authorities, if it has any
 */
export async function packContext(
  standIn: StandIn,
  parts: string,
  caBundle: string | null,
  output: string,
  work: Work,
): Promise<void> {
  await withTemporaryFolder('context', async (folder) => {
    const texts = { ...textsOf(standIn, caBundle), ...(caBundle === null ? {} : { [caBundleFile]: caBundle }) };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
    // tar refuses a folder from which nothing is taken.
    const heavy = standIn.parts.length === 0 ? [] : ['-C', parts, ...standIn.parts];
    await runCommand('tar', [...plain, '-cf', output, '-C', folder, '.', ...heavy], work);
  });
}

/** The context's small files by name; the certificate authorities apart. */
export function textsOf(standIn: StandIn, caBundle: string | null): Readonly<Record<string, string>> {
  return { ...standIn.texts, Dockerfile: standIn.dockerfile(caBundle !== null) };
}
