import type { BuildStep } from '../results/sample.ts';

/** A step of a Dockerfile as BuildKit names it, `[build 4/7] RUN npm ci`, in its place. */
export interface OrderedStep {
  readonly step: BuildStep;
  /** Empty where the Dockerfile has one stage; null for a step that is no instruction. */
  readonly stage: string | null;
  readonly position: number;
  readonly instruction: string;
  /** Its result is a layer of the image: BuildKit makes one for these four in the last stage. */
  readonly makesLayer: boolean;
}

const named = /^\[(?:(.*) )?(\d+)\/\d+\] (.*)$/s;
const makers = /^(RUN|COPY|ADD|WORKDIR)\b/i;

/** The instructions in the order of their stages, each stage in the order of its Dockerfile; what is no instruction is left out. */
export function instructionsOf(steps: readonly BuildStep[]): OrderedStep[] {
  const read = steps.flatMap((step) => readStep(step) ?? []);
  const last = lastStage(read);
  const stages = [...new Set(read.map(({ stage }) => stage))].filter((stage) => stage !== last);
  return [...stages, ...(last === null ? [] : [last])].flatMap((stage) =>
    read
      .filter((each) => each.stage === stage)
      .toSorted((one, other) => one.position - other.position)
      .map((each) => ({ ...each, makesLayer: stage === last && makers.test(each.instruction) })),
  );
}

function readStep(step: BuildStep): OrderedStep | null {
  const [, stage, position, instruction] = named.exec(step.name) ?? [];
  if (step.sort === 'internal' || instruction === undefined) return null;
  return { step, stage: stage ?? '', position: Number(position), instruction, makesLayer: false };
}

/** The stage that the image is of waits for the others: its last step begins last. */
function lastStage(steps: readonly OrderedStep[]): string | null {
  const begun = (one: OrderedStep): number => one.step.startMs ?? 0;
  const users = steps.filter(({ step }) => step.sort === 'user');
  const last = (users.length > 0 ? users : steps).reduce<OrderedStep | null>(
    (latest, each) => (latest === null || begun(each) >= begun(latest) ? each : latest),
    null,
  );
  return last?.stage ?? null;
}

/** The first instruction that could not be taken from the cache although one before it was: where the cache ends. */
export function cacheBreak(steps: readonly OrderedStep[]): OrderedStep | null {
  if (!steps.some(({ step }) => step.cached)) return null;
  return steps.find(({ step }) => step.sort === 'user' && !step.cached) ?? null;
}
