import { expect, test } from 'vitest';
import { exitCodeFor, exitCodeForGate } from '../../../src/cli/exit-code.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { exampleSample } from '../results/example-run.ts';

function failed(outcome: Sample['outcome'], code: string, over: Partial<Sample> = {}): Sample {
  return exampleSample({}, { outcome, failure: { code, message: 'm', excerpt: null }, ...over });
}

test('a wrong state that another attempt put right is no failure; one that stayed is', () => {
  const wrong = failed('wrong-state', 'WRONG_STATE', { attempt: 1 });
  expect(exitCodeFor([wrong, exampleSample({}, { attempt: 2 })])).toBe(0);
  expect(exitCodeFor([wrong, { ...wrong, attempt: 2 }])).toBe(4);
  expect(exitCodeFor([wrong, exampleSample({}, { repeat: 2 })])).toBe(4);
});

test('the environment comes before the Dockerfiles, and those before nothing but a measurement', () => {
  const dockerfile = failed('build-failed', 'DOCKERFILE_INVALID');
  const build = failed('build-failed', 'BUILD_FAILED', { variant: 'after' });
  expect(exitCodeFor([dockerfile])).toBe(2);
  expect(exitCodeFor([dockerfile, build])).toBe(4);
  expect(exitCodeFor([dockerfile, build, failed('lab-failed', 'LAB_FAILED', { kind: 'rollback' })])).toBe(3);
});

test('a gate that passes or cannot tell is done, unless that is to fail; one that was not judged is a failed measurement', () => {
  expect(exitCodeForGate('pass', 'fail')).toBe(0);
  expect(exitCodeForGate('failed', 'pass')).toBe(1);
  expect(exitCodeForGate('not-judged', 'pass')).toBe(4);
  expect((['pass', 'warn', 'fail'] as const).map((way) => exitCodeForGate('inconclusive', way))).toEqual([0, 0, 5]);
});
