import { describe, expect, it } from 'vitest';
import { metricNamesOf, parseMetricName, unitOf, writeMetricName } from '../../../src/results/metric-name.ts';

const kinds = ['first', 'code-edit'];

describe('the name of a metric', () => {
  it.each([
    ['code-edit.release', { sort: 'time', kind: 'code-edit', name: 'release' }, 'time'],
    ['first.cold-start', { sort: 'time', kind: 'first', name: 'cold-start' }, 'time'],
    ['first.pull', { sort: 'time', kind: 'first', name: 'pull' }, 'time'],
    ['first.pull.bytes', { sort: 'fact', kind: 'first', name: 'pull.bytes' }, 'bytes'],
    ['image.bytes', { sort: 'fact', kind: null, name: 'image.bytes' }, 'bytes'],
    ['image.wireBytes', { sort: 'fact', kind: null, name: 'image.wireBytes' }, 'bytes'],
    ['code-edit.image.layers', { sort: 'fact', kind: 'code-edit', name: 'image.layers' }, 'count'],
    ['code-edit.build.contextBytes', { sort: 'fact', kind: 'code-edit', name: 'build.contextBytes' }, 'bytes'],
    ['code-edit.build.cachedSteps', { sort: 'fact', kind: 'code-edit', name: 'build.cachedSteps' }, 'count'],
  ] as const)('%s', (text, metric, unit) => {
    expect(parseMetricName(text, kinds)).toEqual(metric);
    expect(unitOf(metric)).toBe(unit);
    expect(writeMetricName(metric)).toBe(text);
  });

  it.each([
    '',
    'release',
    'pull.bytes',
    'rollback.release',
    'first',
    'first.',
    'first.first.pull',
    'image',
    'FIRST.pull',
  ])('%j is none', (text) => {
    expect(parseMetricName(text, kinds)).toBeNull();
  });

  it('is read and written the same for every metric, and each is listed once', () => {
    const names = metricNamesOf(kinds);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const metric = parseMetricName(name, kinds);
      expect(metric === null ? null : writeMetricName(metric)).toBe(name);
    }
  });
});
