import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricName, metricNamesOf, parseMetricName } from '../../../src/results/metric-name.ts';
import {
  parseBudget,
  parseIncrease,
  parseMetric,
  writeBudget,
  writeIncrease,
} from '../../../src/scenario/metric-limit.ts';
import { deployKinds } from '../../../src/scenario/scenario.ts';

function metricOf(name: string): MetricName {
  const metric = parseMetricName(name, deployKinds);
  if (metric === null) throw new Error(`${name} is no metric`);
  return metric;
}

describe('a metric', () => {
  it.each([
    ['code-edit.relase', 'did you mean "code-edit.release"?'],
    ['codeedit.pull', 'did you mean "code-edit.pull"?'],
    ['image.byte', 'did you mean "image.bytes"?'],
    ['first.cold_start', 'did you mean "first.cold-start"?'],
    ['release', 'did you mean "code-edit.release"?'],
    ['pull.bytes', 'did you mean "code-edit.pull.bytes"?'],
    ['everything', 'a metric is written as code-edit.release, first.pull.bytes or image.bytes'],
    ['', 'a metric is written as'],
  ])('%j is none, and the nearest is told', (text, help) => {
    expect(parseMetric(text, deployKinds)).toEqual({ ok: false, message: expect.stringContaining(help) });
  });

  it('is every one that can be named', () => {
    for (const name of metricNamesOf(deployKinds)) {
      expect(parseMetric(name, deployKinds)).toEqual({ ok: true, value: parseMetricName(name, deployKinds) });
    }
  });
});

describe('a budget', () => {
  it.each([
    ['code-edit.release', '30 s', 30_000],
    ['first.downtime', '250ms', 250],
    ['image.bytes', '300 MB', 300e6],
    ['code-edit.pull.bytes', '0 B', 0],
    ['build.contextBytes', '1 MiB', 2 ** 20],
    ['code-edit.image.layers', 12, 12],
    ['code-edit.build.cachedSteps', '0', 0],
  ])('of %s may be %j', (name, written, value) => {
    const full = parseMetricName(name, deployKinds) === null ? `first.${name}` : name;
    expect(parseBudget(metricOf(full), written)).toEqual({ ok: true, value });
  });

  it.each([
    ['image.bytes', '30 s', '"30 s" is not a size: write "512 MB"'],
    ['image.bytes', 300, '300 has no unit: write "512 MB"'],
    ['code-edit.pull', '300 MB', '"300 MB" is not a duration'],
    ['code-edit.pull', 30, '30 has no unit: write "30 s"'],
    ['code-edit.pull', '0 s', 'no deploy takes 0'],
    ['code-edit.pull', '25 h', 'a day is the longest'],
    ['code-edit.pull', `${'9'.repeat(400)} s`, 'a day is the longest'],
    ['image.bytes', `${'9'.repeat(400)} GB`, 'beyond any number'],
    ['image.layers', '12 MB', '"12 MB" is not a count: write a whole number without a unit'],
    ['image.layers', 1.5, '"1.5" is not a count'],
    ['image.layers', -1, '"-1" is not a count'],
    ['image.layers', Number.NaN, '"NaN" is not a count'],
  ])('of %s must not be %j', (name, written, message) => {
    expect(parseBudget(metricOf(name), written)).toEqual({ ok: false, message: expect.stringContaining(message) });
  });

  it('is written as it is read', () => {
    const anyMetric = fc.constantFrom(...metricNamesOf(deployKinds)).map(metricOf);
    fc.assert(
      fc.property(anyMetric, fc.integer({ min: 1, max: 86_400_000 }), (metric, value) => {
        expect(parseBudget(metric, writeBudget(metric, value))).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('an increase', () => {
  it.each([
    ['5 %', 0.05],
    ['5%', 0.05],
    ['0 %', 0],
    [' 12.5 % ', 0.125],
    ['250 %', 2.5],
  ])('%j is a share of %d', (text, value) => {
    expect(parseIncrease(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['5', '5 has no unit: write "5 %"'],
    ['0.05', '0.05 has no unit'],
    ['-5 %', '"-5 %" is not a share: write "5 %"'],
    ['five %', '"five %" is not a share'],
    ['1e3 %', '"1e3 %" is not a share'],
    ['', '"" is not a share'],
    ['10001 %', '10000 % is the most'],
  ])('%j is none', (text, message) => {
    expect(parseIncrease(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (hundredths) => {
        const share = hundredths / 100 / 100;
        const written = writeIncrease(share);
        expect(written).toBe(`${hundredths / 100} %`);
        expect(parseIncrease(written)).toEqual({ ok: true, value: share });
      }),
    );
  });
});
