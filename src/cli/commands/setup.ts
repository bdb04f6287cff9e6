import { DeployclockError, exitCodes } from '../../errors.ts';
import type { Engine } from '../../lab/engine/engine.ts';
import { readEngineFacts } from '../../lab/engine/engine.ts';
import { findLabImage, labImageRoles } from '../../lab/images/lab-images.ts';
import { engineRecipe, type ImageSource } from '../../lab/setup/engine-images.ts';
import { hubAnswers } from '../../lab/setup/hub.ts';
import { mirrorRecipe } from '../../lab/setup/mirror-image.ts';
import { type AddCommand, globalOptions } from '../command.ts';
import { findOrInstallEngine } from '../find-or-install-engine.ts';
import type { Io } from '../io.ts';
import { makeImages } from '../make-images.ts';

interface SetupOptions {
  readonly yes?: boolean;
  readonly refresh?: boolean;
}

export const setupCommand: AddCommand = (program, io, finish) => {
  program
    .command('setup')
    .description("prepare this machine: an engine, the lab's images, the bundled scenarios' base images")
    .option('-y, --yes', 'answer every question with yes')
    .option('--refresh', "make the lab's images anew")
    .action(
      finish(async (options: SetupOptions) => {
        const host = await findOrInstallEngine(globalOptions(program), options.yes === true, io);
        const facts = await readEngineFacts(host);
        io.err(`✔ Docker engine ${facts.version} (${facts.storageDriver}, cgroup v${facts.cgroupVersion})\n`);
        const ready = options.refresh === true ? null : await readySource(host, io);
        if (ready === null) await makeImages(host, await chooseSource(host, io), io);
        await tellImages(host, io);
        return exitCodes.done;
      }),
    );
};

/** The source that all three images were made from, by the recipes as they are now; null where any has to be made. */
async function readySource(host: Engine, io: Io): Promise<ImageSource | null> {
  const found = await Promise.all(labImageRoles.map((role) => findLabImage(host, role)));
  const [engine, registry, mirror] = found.map((image) => image?.recipe ?? null);
  for (const source of ['hub', 'stand-ins'] as const) {
    const own = engineRecipe(source);
    if (engine === own && registry === own && mirror === (await mirrorRecipe(source, io.env))) return source;
  }
  return null;
}

async function chooseSource(host: Engine, io: Io): Promise<ImageSource> {
  const hub = await hubAnswers(host, io.interrupted);
  io.err(
    hub
      ? '✔ Docker Hub answers: the lab runs on its images\n'
      : '✔ Docker Hub does not answer: making stand-ins from Debian and npm packages (some minutes, once)\n',
  );
  return hub ? 'hub' : 'stand-ins';
}

async function tellImages(host: Engine, io: Io): Promise<void> {
  for (const role of labImageRoles) {
    const image = await findLabImage(host, role);
    if (image === null) throw new DeployclockError('LAB_IMAGE_MISSING', `The lab's ${role} image was not made.`);
    io.err(`✔ ${image.image}${image.standIn ? ' (stand-in)' : ''}\n`);
  }
  io.err('This machine is ready. Next: deployclock run node-api\n');
}
