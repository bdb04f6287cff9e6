import { everyTurn, type Pace } from '../run/pace.ts';
import type { Gate, Scenario } from '../scenario/scenario.ts';
import {
  planScreening,
  type ScreeningPlan,
  screensInRound,
  screensInTurn,
  suspectsOf,
} from '../verdict/screening-turns.ts';
import { kindsFor, repeatsAlone } from './ci-gates.ts';
import type { Measuring } from './measure.ts';

/** The turns of a run that screens and confirms, or of head alone. */
export function scheduleFor(
  { variants }: Scenario,
  gates: readonly Gate[],
): Pick<Measuring, 'rounds' | 'repeats' | 'stopping' | 'pace'> {
  const [baseline, variant] = variants;
  if (variant === undefined)
    return { rounds: 1, repeats: repeatsAlone(gates), stopping: { rule: 'fixed' }, pace: () => everyTurn(1) };
  const plan = planScreening(gates, kindsFor(gates));
  return {
    rounds: plan.rounds,
    repeats: plan.repeats,
    stopping: { rule: 'screen-and-confirm', confirmFrom: plan.confirmFrom },
    pace: (tell) => screeningPace(plan, { baseline: baseline.name, variant: variant.name }, tell),
  };
}

function screeningPace(
  plan: ScreeningPlan,
  compared: { readonly baseline: string; readonly variant: string },
  tell: (line: string) => void,
): Pace {
  return {
    startsRound: (round, samples) => {
      const starts = screensInRound(plan, compared, round, samples);
      if (starts && round === plan.confirmFrom) {
        const suspects = suspectsOf(plan, compared, samples).map(({ kind, name }) => `${kind}.${name}`);
        tell(`suspected: ${suspects.join(', ')}. Measured again on fresh nodes, which alone decide.`);
      }
      return starts;
    },
    wants: (turn, samples) => screensInTurn(plan, compared, turn, samples),
    lastRound: (samples) =>
      suspectsOf(plan, compared, samples).length > 0 ? plan.rounds : Math.max(1, plan.confirmFrom - 1),
  };
}
