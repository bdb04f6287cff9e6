/** The numbers that the scorecard grades: those that the article asks a team to look at together, and the release clock. */
export const scoredNames = ['image-size', 'fresh-pull', 'rebuild', 'cold-start', 'release'] as const;
export type ScoredName = (typeof scoredNames)[number];

/** Two points of a log-normal curve, and where they come from. Bytes or milliseconds. */
export interface ControlPoints {
  /** Scores 0.90: few do better. */
  readonly good: number;
  /** Scores 0.50: what is usual. */
  readonly usual: number;
  readonly unit: 'bytes' | 'time';
  readonly source: string;
}

const article = '"Docker image slimming for faster deploys that you feel" (2026)';
const limits = 'J. Nielsen, Usability Engineering (1993), chapter 5';

/** Published with every grade: a reader who finds them wrong for their app can say which. */
export const controlPoints: Readonly<Record<ScoredName, ControlPoints>> = {
  'image-size': {
    good: 220e6,
    usual: 1.1e9,
    unit: 'bytes',
    source: `${article}: a common Node image before and after slimming, 1.1 GB and 220 MB.`,
  },
  'fresh-pull': {
    good: 7_500,
    usual: 20_000,
    unit: 'time',
    source:
      `0.90: ${article}: 6 to 9 s for the slimmed image. 0.50: A. Verma et al., Large-scale cluster management at Google ` +
      'with Borg (EuroSys 2015): tasks start in 25 s at the median, 80 % of it is installing packages.',
  },
  rebuild: {
    good: 10_000,
    usual: 50_000,
    unit: 'time',
    source: `0.90: ${limits}: 10 s is how long somebody stays with a task. 0.50: ${article}: a build of 50 s, which is not what to mend first.`,
  },
  'cold-start': {
    good: 1_000,
    usual: 10_000,
    unit: 'time',
    source: `${article}: a static service comes up in a second; ${limits}: 1 s keeps a train of thought, 10 s the attention.`,
  },
  release: {
    good: 11_000,
    usual: 60_000,
    unit: 'time',
    source:
      'Of a code-edit: the points of rebuild and cold start together, since an edit of code should push and pull next to nothing.',
  },
};
