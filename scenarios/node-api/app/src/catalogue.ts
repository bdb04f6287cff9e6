import { addDays } from 'date-fns';

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly maker: string;
  readonly category: string;
  readonly description: string;
  readonly priceCents: number;
  readonly addedOn: Date;
}

const materials = ['oak', 'walnut', 'steel', 'linen', 'wool', 'glass', 'copper', 'leather', 'ceramic', 'bamboo'];
const shapes = ['round', 'folding', 'stackable', 'narrow', 'deep', 'curved', 'modular', 'tall', 'compact', 'wide'];
const things = ['table', 'chair', 'lamp', 'shelf', 'rug', 'kettle', 'bowl', 'bench', 'mirror', 'stool', 'tray', 'clock'];
const rooms = ['kitchen', 'bedroom', 'hallway', 'study', 'garden', 'bathroom', 'workshop', 'nursery'];
const makers = ['Aalto & Daughters', 'Birchwood', 'Cardinal', 'Dovetail', 'Ember', 'Fjord', 'Granite Lane', 'Harrow'];
const praises = ['made to last', 'easy to clean', 'sold in pairs', 'signed by its maker', 'light enough to carry'];

/** A small linear congruential generator (the constants are those of Numerical Recipes): the same catalogue at every start. */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A made-up catalogue of `count` products, the same for the same count. */
export function makeCatalogue(count: number): Product[] {
  const next = sequence(20);
  const pick = (words: readonly string[]): string => words[next(words.length)] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const material = pick(materials);
    const thing = pick(things);
    const room = pick(rooms);
    return {
      id: index + 1,
      name: `${pick(shapes)} ${material} ${thing} ${index + 1}`,
      maker: pick(makers),
      category: room,
      description: `For the ${room}: ${thing} of ${material}, ${pick(praises)} and ${pick(praises)}.`,
      priceCents: 500 + next(50_000),
      addedOn: addDays(new Date(Date.UTC(2024, 0, 1)), next(700)),
    };
  });
}
