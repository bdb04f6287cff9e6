import { DeployclockError, messageOf } from '../errors.ts';
import type { Evidence, Outcome, Sample } from '../results/sample.ts';
import { outcomeOf } from './outcome.ts';

/** How a deploy ended: by what was thrown, else by its evidence. */
export function judge(
  thrown: unknown,
  evidence: readonly Evidence[],
): { readonly outcome: Outcome; readonly failure: Sample['failure'] } {
  const broken = evidence.filter((piece) => piece.holds === false);
  if (thrown !== null) return { outcome: outcomeOf(thrown), failure: describe(thrown) };
  if (broken.length === 0) return { outcome: 'ok', failure: null };
  const claims = broken.map((piece) => `${piece.claim} (found: ${piece.proof})`);
  const message = `Not as the deploy kind claims: ${claims.join('; ')}.`;
  return { outcome: 'wrong-state', failure: { code: 'WRONG_STATE', message, excerpt: null } };
}

function describe(thrown: unknown): Sample['failure'] {
  if (thrown instanceof DeployclockError)
    return { code: thrown.code, message: thrown.message, excerpt: thrown.excerpt };
  return { code: 'LAB_FAILED', message: messageOf(thrown), excerpt: null };
}
