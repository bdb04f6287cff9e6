import fc from 'fast-check';
import { expect, it } from 'vitest';
import { override } from '../../../src/scenario/override.ts';
import type { Variant } from '../../../src/scenario/scenario.ts';
import { variantsByBuilder } from '../../../src/scenario/variants-by-builder.ts';
import { bytes } from '../../../src/units.ts';
import { anyScenario } from './any-scenario.ts';

function variant(name: string): Variant {
  return {
    name,
    dockerfile: '/a/Dockerfile',
    context: '/a',
    target: null,
    buildArgs: {},
    builder: 'warm',
    ref: null,
    links: null,
  };
}

const two = [variant('before'), variant('after')] as const;
const told = (variants: readonly Variant[]) => variants.map(({ name, builder }) => `${name}: ${builder}`);

it('leaves all as it is without modes', () => {
  expect(variantsByBuilder([...two], [])).toEqual(two);
});

it('keeps the names with one mode', () => {
  expect(told(variantsByBuilder([...two], ['fresh', 'fresh']))).toEqual(['before: fresh', 'after: fresh']);
});

it('has every variant once in every mode', () => {
  expect(told(variantsByBuilder([...two], ['fresh', 'registry-cache']))).toEqual([
    'before-fresh: fresh',
    'before-registry-cache: registry-cache',
    'after-fresh: fresh',
    'after-registry-cache: registry-cache',
  ]);
});

it('keeps names apart and short', () => {
  const long = 'a'.repeat(60);
  const variants = variantsByBuilder(
    [variant(`${long}-x`), variant(`${long}-y`), variant('a-fresh')],
    ['warm', 'fresh'],
  );
  const names = variants.map(({ name }) => name);
  expect(new Set(names).size).toBe(6);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]{0,46}$/);
});

it('is part of what lies over a scenario, which keeps the rest', () => {
  fc.assert(
    fc.property(anyScenario('/a'), (scenario) => {
      const nothing = { builders: [], replace: null, server: { cpus: null, memory: null } } as const;
      expect(override(scenario, nothing)).toEqual(scenario);
      const over = {
        builders: ['fresh'],
        replace: 'start-first',
        server: { cpus: null, memory: bytes(512e6) },
      } as const;
      expect(override(scenario, over)).toEqual({
        ...scenario,
        variants: scenario.variants.map((each) => ({ ...each, builder: 'fresh' })),
        replace: 'start-first',
        server: { cpus: scenario.server.cpus, memory: 512e6 },
      });
    }),
  );
});
