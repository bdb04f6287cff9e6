import { z } from 'zod';
import { type MetricName, metricNamesOf, parseMetricName } from '../results/metric-name.ts';
import { gateOn } from './gates.ts';
import { parseBudget, parseMetric } from './metric-limit.ts';
import { deployKinds, type Gate, gateLevels } from './scenario.ts';
import { duration, increase, keyed, word } from './schema-parts.ts';

/** A duration, a size or a count: which of them, its metric says. */
const budget = z.union([z.string(), z.number()], {
  error: 'write a budget as the metric is: "30 s", "300 MB", or a plain number of layers or steps',
});

const gateSchema = keyed({
  budget: budget.optional(),
  'max-slowdown': increase.optional(),
  'max-growth': increase.optional(),
  floor: duration.optional(),
  level: word(gateLevels).default('error'),
  erratic: z.boolean().default(false),
});
type WrittenGate = z.infer<typeof gateSchema>;

const metricName = z
  .string()
  .superRefine((name, context) => {
    const parsed = parseMetric(name, deployKinds);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message, input: name });
  })
  // What an editor offers.
  .meta({ enum: metricNamesOf(deployKinds) });

/** `gates:` as a person writes it: the metric, and its budget or what else limits it. */
export const gatesSchema = z
  .record(
    metricName,
    z.union([z.string(), z.number(), gateSchema], {
      error: 'a gate is a budget, as "30 s", or keys and values: budget, max-slowdown, max-growth',
    }),
  )
  .transform((written, context) =>
    Object.entries(written).flatMap(([name, value]): Gate[] => {
      const metric = parseMetricName(name, deployKinds);
      if (metric === null) return [];
      const refuse = (key: string | null, message: string): void => {
        context.addIssue({ code: 'custom', path: key === null ? [name] : [name, key], message, input: value });
      };
      if (typeof value !== 'object') return [{ ...gateOn(name), budget: budgetOf(metric, value, refuse, null) }];
      refuseWhatDoesNotFit(metric, value, refuse);
      return [
        {
          metric: name,
          budget: value.budget === undefined ? null : budgetOf(metric, value.budget, refuse, 'budget'),
          maxIncrease: value['max-slowdown'] ?? value['max-growth'] ?? null,
          floorMs: value.floor ?? gateOn(name).floorMs,
          level: value.level,
          erratic: value.erratic,
        },
      ];
    }),
  );

type Refuse = (key: string | null, message: string) => void;

function budgetOf(metric: MetricName, written: string | number, refuse: Refuse, key: string | null): number | null {
  const parsed = parseBudget(metric, written);
  if (parsed.ok) return parsed.value;
  refuse(key, parsed.message);
  return null;
}

function refuseWhatDoesNotFit(metric: MetricName, written: WrittenGate, refuse: Refuse): void {
  const { budget: most, 'max-slowdown': slowdown, 'max-growth': growth, floor } = written;
  const [own, other] =
    metric.sort === 'time' ? (['max-slowdown', 'max-growth'] as const) : (['max-growth', 'max-slowdown'] as const);
  if (written[other] !== undefined) refuse(other, `this metric is a ${metric.sort}: write ${own}`);
  else if (floor !== undefined && slowdown === undefined) refuse('floor', 'a floor belongs to max-slowdown');
  if (most === undefined && slowdown === undefined && growth === undefined)
    refuse(null, `this gate limits nothing: write budget or ${own}`);
}
