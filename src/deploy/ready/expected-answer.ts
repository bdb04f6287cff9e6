import type { ReadinessCheck } from '../../scenario/scenario.ts';
import type { HttpAttempt } from '../http-attempt.ts';

/** What an answer must be like to count. */
export type HttpCheck = Extract<ReadinessCheck, { readonly check: 'http' }>;

/** A test for whole answers: exactly the expected status, and a body that matches where one is asked for. */
export function expectedAnswer({ status, body }: HttpCheck): (attempt: HttpAttempt) => boolean {
  const pattern = body === null ? null : new RegExp(body, 'm');
  return (attempt) => attempt.status === status && (pattern === null || pattern.test(attempt.body ?? ''));
}
