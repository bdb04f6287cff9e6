import type { Work } from '../../run-command.ts';
import { type DebianRecipe, makeDebianRootFileSystem } from '../debian-root-file-system.ts';
import { dockerfileText, trustLines } from './dockerfile-lines.ts';
import { rootFileSystemTar, type StandIn } from './stand-in.ts';

/** Debian bookworm, as lean as its official slim image. */
export const bookwormRecipe: DebianRecipe = { suite: 'bookworm', packages: [], mergedUsr: 'before-unpacking' };

/** Writes the root file system of the stand-in to the tar file `output`. About 20 s, 78 MB. */
export async function makeBookwormRootFileSystem(output: string, work: Work): Promise<void> {
  work.onProgress('making Debian bookworm from its packages');
  await makeDebianRootFileSystem(bookwormRecipe, output, work);
}

/** The other stand-ins stand on this one, as the official images do on theirs, and share its layers. */
export const debianStandIn: StandIn = {
  image: 'debian:bookworm-slim',
  dockerfile: (caBundle) =>
    dockerfileText('FROM scratch', `ADD ${rootFileSystemTar} /`, ...trustLines(caBundle), 'CMD ["bash"]'),
  parts: [rootFileSystemTar],
  texts: {},
  differences: ['a second layer for the certificate authorities'],
};
