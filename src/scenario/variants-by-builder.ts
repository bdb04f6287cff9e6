import { uniqueName } from './from-dockerfiles/variant-names.ts';
import type { BuilderMode, Variant } from './scenario.ts';

/** A variant's name goes into host names of at most 63 letters, after the node's role and the round. */
const longest = 47;

/**
 * Every variant once in every mode, named `after-fresh`, `after-registry-cache`. With one mode the names stay; with none, all stays as it is.
 * The first variant in the first mode is the baseline.
 */
export function variantsByBuilder(
  variants: readonly [Variant, ...Variant[]],
  modes: readonly BuilderMode[],
): [Variant, ...Variant[]] {
  const [first, ...others] = variants;
  const [mode, ...moreModes] = new Set(modes);
  if (mode === undefined) return [first, ...others];
  const inMode = (variant: Variant, builder: BuilderMode): Variant => ({ ...variant, builder });
  if (moreModes.length === 0) return [inMode(first, mode), ...others.map((each) => inMode(each, mode))];

  const taken = new Set<string>();
  const named = (variant: Variant, builder: BuilderMode): Variant => {
    const suffix = `-${builder}`;
    const name = uniqueName(variant.name.slice(0, longest - suffix.length) + suffix, taken, longest);
    taken.add(name);
    return { ...variant, name, builder };
  };
  const inMoreModes = (variant: Variant): Variant[] => moreModes.map((each) => named(variant, each));
  return [
    named(first, mode),
    ...inMoreModes(first),
    ...others.flatMap((each) => [named(each, mode), ...inMoreModes(each)]),
  ];
}
