import { DeployclockError, type ErrorCode } from '../errors.ts';
import type { Outcome } from '../results/sample.ts';

const outcomeByCode: Partial<Record<ErrorCode, Outcome>> = {
  BUILD_FAILED: 'build-failed',
  DOCKERFILE_INVALID: 'build-failed',
  START_FAILED: 'crashed',
  APP_CRASHED: 'crashed',
  APP_NEVER_READY: 'never-ready',
  TIMED_OUT: 'timed-out',
};

/** The outcome of a deploy that ended with this error. What is neither the build's nor the app's doing is the lab's. */
export function outcomeOf(failure: unknown): Outcome {
  return (failure instanceof DeployclockError ? outcomeByCode[failure.code] : undefined) ?? 'lab-failed';
}
