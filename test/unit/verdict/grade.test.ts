import { describe, expect, it } from 'vitest';
import { controlPoints, scoredNames } from '../../../src/verdict/control-points.ts';
import { gradeOf, logNormalScore } from '../../../src/verdict/grade.ts';

describe('grades', () => {
  it.each(scoredNames)('%s: the good control point scores 90 and is an A, the usual one 50 and is a C', (name) => {
    const { good, usual } = controlPoints[name];
    expect(gradeOf(name, good)).toEqual({ score: 0.9, letter: 'A' });
    expect(gradeOf(name, usual)).toEqual({ score: 0.5, letter: 'C' });
  });

  it.each(scoredNames)('%s: less is never worse, and scores stay between 0 and 1', (name) => {
    const values = Array.from({ length: 200 }, (_, at) => controlPoints[name].good * 1.06 ** (at - 60));
    const scores = values.map((value) => gradeOf(name, value)?.score ?? Number.NaN);
    expect(scores.every((score, at) => score <= (scores[at - 1] ?? 1))).toBe(true);
    expect([Math.max(...scores), Math.min(...scores)]).toEqual([1, 0]);
  });

  it.each(scoredNames)('%s says where its points come from', (name) => {
    expect(controlPoints[name].source.length).toBeGreaterThan(40);
    expect(controlPoints[name].good).toBeLessThan(controlPoints[name].usual);
  });

  it('gives none to a number that is missing or is none', () => {
    expect([null, Number.NaN, Number.POSITIVE_INFINITY, -1].map((value) => gradeOf('rebuild', value))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('of nothing is the best', () => {
    expect(gradeOf('image-size', 0)).toEqual({ score: 1, letter: 'A' });
  });

  it('is as far below a half as above it for equal ratios to the usual point', () => {
    // 3000 ms usual and 1800 ms good are Lighthouse's points for First Contentful Paint on a phone.
    expect(logNormalScore(1800, { good: 1800, usual: 3000 })).toBeCloseTo(0.9, 10);
    expect(logNormalScore(3000, { good: 1800, usual: 3000 })).toBeCloseTo(0.5, 10);
    expect(logNormalScore(5000, { good: 1800, usual: 3000 })).toBeCloseTo(0.1, 10);
  });
});
