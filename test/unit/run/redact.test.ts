import { expect, test } from 'vitest';
import { createRedact, redactRecord, redactSample } from '../../../src/run/redact.ts';
import { exampleRecord, exampleSample } from '../results/example-run.ts';

const redact = createRedact(['hunter2-token', 'prod', 'hunter2-token-longer', 'schlüssel-wort']);

test('secrets become stars in every text, however deep', () => {
  expect(
    redact({ failure: { excerpt: 'using hunter2-token\nok' }, list: [['x hunter2-token-longer']], ms: 3, none: null }),
  ).toEqual({
    failure: { excerpt: 'using *************\nok' },
    list: [['x ********************']],
    ms: 3,
    none: null,
  });
});

test('short values are left alone: they would be found everywhere', () => {
  expect(redact('prod and production')).toBe('prod and production');
});

test('a trace keeps its length, byte for byte', () => {
  const secret = Buffer.concat([
    Buffer.from([0x0a, 0x14, 0xff]),
    Buffer.from('RUN hunter2-token schlüssel-wort'),
    Buffer.from([0x00]),
  ]);
  const clean = Buffer.from(redact({ aux: secret.toString('base64') }).aux, 'base64');
  expect(clean.length).toBe(secret.length);
  expect(clean.toString('latin1')).not.toContain('hunter2');
  expect(clean.toString('utf8')).not.toContain('schlüssel');
  expect([...clean.subarray(0, 3), clean.at(-1)]).toEqual([0x0a, 0x14, 0xff, 0x00]);
});

test('without secrets everything stays as it is', () => {
  const value = { a: 'text' };
  expect(createRedact([])(value)).toBe(value);
});

test('a login is taken out however short it is', () => {
  expect(createRedact([], ['pw'])('login with pw')).toBe('login with **');
});

test('names and kinds stay: a variant may be called as one of its build arguments', () => {
  const own = createRedact(['alpine', 'debian', 'rollback', 'token-of-mine']);
  const record = exampleRecord(['alpine', 'debian']);
  const kept = redactRecord({ ...record, scenario: { ...record.scenario, assumed: ['with token-of-mine'] } }, own);
  expect(kept.scenario.variants.map(({ name }) => name)).toEqual(['alpine', 'debian']);
  expect(kept.scenario.baseline).toBe('alpine');
  expect(kept.scenario.assumed).toEqual(['with *************']);
  const failure = { code: 'BUILD_FAILED', message: 'RUN echo token-of-mine', excerpt: 'token-of-mine' };
  const evidence = [{ claim: 'c', when: 'after', proof: 'token-of-mine', holds: true }] as const;
  const sample = exampleSample({}, { variant: 'alpine', kind: 'rollback', failure, evidence: [...evidence] });
  const clean = redactSample(sample, own);
  expect([clean.variant, clean.kind]).toEqual(['alpine', 'rollback']);
  expect(JSON.stringify(clean)).not.toContain('token-of-mine');
});
