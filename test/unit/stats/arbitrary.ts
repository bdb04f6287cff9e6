import fc from 'fast-check';

/** Multiples of 1/1024 of modest size: their sums, halves and differences are exact, so that properties hold to the last bit. */
export const exactNumber = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((number) => number / 1024);

export function exactNumbers(minLength: number, maxLength = 25) {
  return fc.array(exactNumber, { minLength, maxLength });
}

/** Few different values: ties and zeros all over. */
export function tiedNumbers(minLength: number, maxLength = 25) {
  return fc.array(fc.integer({ min: -3, max: 3 }), { minLength, maxLength });
}

export function withShuffled<T>(numbers: fc.Arbitrary<T[]>) {
  return numbers.chain((values) =>
    fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
  );
}

/** Every way to put signs before these sizes. */
export function* signed(sizes: readonly number[]): Generator<number[]> {
  for (let signs = 0; signs < 2 ** sizes.length; signs += 1) {
    yield sizes.map((size, index) => (Math.floor(signs / 2 ** index) % 2 === 1 ? -size : size));
  }
}

/** Noise between 0 and 1 that is the same each time, without a period or a trend: multiples of the golden ratio. */
export function evenNoise(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => ((index + 1 + from) * 0.618_033_988_75) % 1);
}
