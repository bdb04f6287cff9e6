import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployclockError, exitCodes } from '../../errors.ts';
import { safeLine } from '../../report/safe-text.ts';
import { namesRevision } from '../../scenario/from-dockerfiles/find-dockerfiles.ts';
import { scenarioFromDockerfiles } from '../../scenario/from-dockerfiles.ts';
import { writeScenario } from '../../scenario/write-scenario.ts';
import type { AddCommand } from '../command.ts';
import { type DockerfileOptions, dockerfileOptions, givenBy, refOption } from '../dockerfile-options.ts';
import { type OverrideOptions, overrideOptions } from '../override-options.ts';
import { schemaFile } from '../tool.ts';

interface InitOptions extends DockerfileOptions, OverrideOptions {
  readonly force?: boolean;
}

const scenarioFile = 'scenario.yaml';

export const initCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('init')
    .description(`write a ${scenarioFile} of Dockerfiles, with all that a run would find out about them`)
    .argument('[dockerfiles...]', 'Dockerfiles to compare, the first is the baseline; without any: Dockerfile')
    .option('--force', `write over a ${scenarioFile} that is there`);
  overrideOptions(dockerfileOptions(refOption(command))).action(
    finish(async (dockerfiles: string[], options: InitOptions) => {
      const given = givenBy(dockerfiles, options, io.env);
      if (namesRevision(given, io.cwd)) {
        throw new DeployclockError(
          'USAGE',
          `A ${scenarioFile} compares files as they are: it holds no git revisions.`,
          {
            hint: `deployclock run ${[...dockerfiles, ...given.refs.map((ref) => `--ref ${ref}`)].join(' ')}`,
          },
        );
      }
      const file = join(io.cwd, scenarioFile);
      if (options.force !== true && existsSync(file)) {
        throw new DeployclockError('USAGE', `There is a ${scenarioFile} here already.`, {
          hint: 'deployclock init --force',
        });
      }
      const { scenario, close } = await scenarioFromDockerfiles(given, io.cwd);
      try {
        await writeFile(file, writeScenario(scenario, schemaFile), { flag: options.force === true ? 'w' : 'wx' });
        for (const sentence of scenario.assumed) io.err(`${safeLine(sentence)}\n`);
        if (Object.keys({ ...given.env, ...given.buildArgs }).length > 0)
          io.err(
            `${scenarioFile} holds the values of --env and --build-arg: keep it to yourself where one is a secret.\n`,
          );
        io.out(`${scenarioFile} is written. Look it over, then: deployclock run\n`);
        return exitCodes.done;
      } finally {
        await close();
      }
    }),
  );
};
