import type { Scenario, Variant } from './scenario.ts';

/** As many letters as a name may have. */
const longestName = 100;
const suffix = '-calibrate';

/**
 * A scenario whose two variants are one and the same, each with laps of its own: what differs between them is noise. Under another name, so
 * that its runs are not taken for those of the scenario; without its gates, which are no limits to noise.
 */
export function againstItself(scenario: Scenario, variant: Variant): Scenario {
  return {
    ...scenario,
    name: scenario.name.slice(0, longestName - suffix.length).replace(/-$/, '') + suffix,
    description: `${variant.name} compared with itself.`,
    variants: [
      { ...variant, name: 'a' },
      { ...variant, name: 'b' },
    ],
    gates: [],
  };
}
