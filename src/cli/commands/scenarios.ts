import { exitCodes } from '../../errors.ts';
import { bundledScenarios as namesOf } from '../../scenario/find-scenario.ts';
import { loadScenario } from '../../scenario/load-scenario.ts';
import type { AddCommand } from '../command.ts';
import { bundledScenarios } from '../tool.ts';

export const scenariosCommand: AddCommand = (program, io, finish) => {
  program
    .command('scenarios')
    .description('list the scenarios that come with deployclock')
    .action(
      finish(async () => {
        for (const name of namesOf(bundledScenarios)) {
          const scenario = loadScenario(name, io.cwd, bundledScenarios);
          const variants = scenario.variants.map((variant) => variant.name).join(', ');
          io.out(`${scenario.name}  (${variants})\n  ${scenario.description}\n  deployclock run ${name}\n`);
        }
        return exitCodes.done;
      }),
    );
};
