import type { TimeName } from '../../results/metric-name.ts';

/** A slow-down of known size that `selftest` puts into one variant of its app. */
export interface Plant {
  readonly name: PlantName;
  /** What was done to the variant, in words. */
  readonly what: string;
  readonly planted: readonly Planted[];
  /** Times that the plant touches too, and of which nothing is asked. */
  readonly follows: readonly { readonly metric: TimeName; readonly why: string }[];
}

interface Planted {
  readonly metric: TimeName;
  /** How much longer the time is: so many milliseconds; or what the link's rate needs for the bytes, and maybe more where other work grows with them. */
  readonly size: { readonly sort: 'ms'; readonly ms: number } | { readonly sort: 'link' | 'link-at-least' };
}

export const plantNames = ['slow-link', 'heavy-layer', 'delayed-start'] as const;
export type PlantName = (typeof plantNames)[number];

/** How long the app of every other variant takes until it is ready. */
export const plainDelayMs = 4000;
/** How long the link's rate makes the layer of the edited file: so that its transfer, not the engines' own work, is most of push and pull. */
export const transferMs = 3200;

/**
 * Sizes of the plants: about +15 % on pull, whose own work is a tenth of it, and +10 % on ready. To count, a slow-down's whole interval has to
 * lie beyond the floor of 200 ms; on two busy cores ten pairs know a transfer to about 300 ms either way, so it gets 570 ms.
 */
export const slowLinkShare = 0.18;
export const heavyLayerShare = 0.18;
export const delayShare = 0.1;

const releaseFollows = { metric: 'release', why: 'the release clock holds the planted phases' } as const;

export const plants: Readonly<Record<PlantName, Plant>> = {
  'slow-link': {
    name: 'slow-link',
    what: `a downlink on which every byte takes ${percent(slowLinkShare)} longer`,
    planted: [{ metric: 'pull', size: { sort: 'link' } }],
    follows: [releaseFollows],
  },
  'heavy-layer': {
    name: 'heavy-layer',
    what: `${percent(heavyLayerShare)} more bytes in the layer that every code edit makes anew`,
    planted: [
      { metric: 'push', size: { sort: 'link-at-least' } },
      { metric: 'pull', size: { sort: 'link-at-least' } },
    ],
    follows: [releaseFollows, { metric: 'build', why: 'the bigger file is copied into the image, too' }],
  },
  'delayed-start': {
    name: 'delayed-start',
    what: `an app that needs ${percent(delayShare)} longer until it is ready`,
    planted: [{ metric: 'ready', size: { sort: 'ms', ms: plainDelayMs * delayShare } }],
    follows: [releaseFollows, { metric: 'cold-start', why: 'cold start is start and ready together' }],
  },
};

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
