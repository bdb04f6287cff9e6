import type { Overrides } from './from-dockerfiles/given.ts';
import type { Scenario } from './scenario.ts';
import { variantsByBuilder } from './variants-by-builder.ts';

/** The scenario with what was said over it. */
export function override(scenario: Scenario, { builders, replace, server }: Overrides): Scenario {
  return {
    ...scenario,
    variants: variantsByBuilder(scenario.variants, builders),
    replace: replace ?? scenario.replace,
    server: { cpus: server.cpus ?? scenario.server.cpus, memory: server.memory ?? scenario.server.memory },
  };
}
