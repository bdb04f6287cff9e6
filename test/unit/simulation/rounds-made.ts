import type { Sample } from '../../../src/results/sample.ts';
import { looks } from '../../../src/verdict/gate-rule.ts';
import { lookAt, mostRounds } from '../../../src/verdict/until.ts';
import { exampleSample } from '../results/example-run.ts';
import { type DeployPair, variants } from './simulated-pairs.ts';

function samplesOf(measured: readonly DeployPair[]): Sample[] {
  return measured.flatMap(({ baselineFirst, baseline, variant }, index) =>
    [baseline, variant].map((phases, place) =>
      exampleSample(
        { phases },
        {
          round: index + 1,
          kind: 'code-edit',
          variant: variants[place] ?? '',
          order: 2 * index + ((place === 0) === baselineFirst ? 1 : 2),
        },
      ),
    ),
  );
}

/** After how many rounds a run that wants this precision ends. */
export function roundsMade(measured: readonly DeployPair[], precision: number): number {
  const samples = samplesOf(measured);
  const goesOn = (rounds: number): boolean =>
    lookAt(
      {
        ...{ variants, kinds: ['code-edit'], rounds, roundsMs: rounds, elapsedMs: rounds },
        samples: samples.filter(({ round }) => round <= rounds),
      },
      { precision, timeBudgetMs: Number.POSITIVE_INFINITY },
    ).goesOn;
  return looks.find((look) => !goesOn(look)) ?? mostRounds;
}
