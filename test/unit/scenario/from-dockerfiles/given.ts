import type { Given } from '../../../../src/scenario/from-dockerfiles/given.ts';

/** Nothing was said but this. */
export function given(over: Partial<Given> = {}): Given {
  return {
    dockerfiles: [],
    refs: [],
    context: null,
    buildArgs: {},
    target: null,
    env: {},
    name: null,
    port: null,
    health: null,
    edit: null,
    builders: [],
    replace: null,
    server: { cpus: null, memory: null },
    ...over,
  };
}
