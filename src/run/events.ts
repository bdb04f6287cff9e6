import type { RunRecord } from '../results/run-record.ts';
import type { PhaseName, Sample } from '../results/sample.ts';
import type { Turn } from './plan.ts';

/** What a run tells while it goes on; whoever listens must return at once. */
export type RunEvent =
  | { readonly type: 'lab-opening' }
  | { readonly type: 'base-images-missing'; readonly references: readonly string[] }
  | { readonly type: 'base-images-direct'; readonly references: readonly string[] }
  | { readonly type: 'links-probed'; readonly probes: RunRecord['linkProbes'] }
  | { readonly type: 'round-started'; readonly round: number; readonly rounds: number }
  | {
      readonly type: 'deploy-started';
      readonly turn: Turn;
      readonly attempt: number;
      readonly order: number;
      readonly deploys: number;
    }
  | { readonly type: 'phase-started'; readonly phase: PhaseName }
  | { readonly type: 'deploy-ended'; readonly sample: Sample; readonly deploys: number }
  | { readonly type: 'lap-abandoned'; readonly variant: string; readonly round: number }
  | { readonly type: 'laps-ended'; readonly round: number }
  | { readonly type: 'left-behind'; readonly what: string }
  | { readonly type: 'lab-closing' };

export type RunListener = (event: RunEvent) => void;
