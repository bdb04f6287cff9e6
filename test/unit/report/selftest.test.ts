import { expect, test } from 'vitest';
import { renderSelftestJson } from '../../../src/report/selftest-json.ts';
import { outcomeLine, renderSelftestTerminal } from '../../../src/report/selftest-terminal.ts';
import { judgePlants, type PlantReport } from '../../../src/verdict/plants.ts';
import { halvesRun } from '../verdict/halves-run.ts';
import { around } from '../verdict/paired-run.ts';

const style = { color: false, width: 100 };
const what = 'after: a build that takes 30 % longer.';

/** The build of `after` is planted; all that is part of the build's time follows. */
function reportOf(ratio: number): PlantReport {
  const follows = (['release', 'push', 'pull', 'ready', 'cold-start'] as const).map((metric) => ({
    metric,
    why: 'it follows',
  }));
  return judgePlants(halvesRun(around(ratio, 10)), 'code-edit', [
    { variant: 'after', planted: [{ metric: 'build', size: { sort: 'ms', ms: 3000 } }], follows },
  ]);
}

test('a plant that was found has its size, the estimate with its interval, and the verdict', () => {
  const report = reportOf(1.3);
  const text = renderSelftestTerminal(halvesRun(around(1.3, 10)), report, [what], style);
  expect(text).toMatch(
    /✔ +after +build +\+3\.00 s +\+\d\.\d+ s +\[\+2\.9\d s, \+3\.0\d s\] +\+(29|30)\.\d % \[\+29\.\d, \+3\d\.\d\] +slower\n/,
  );
  expect(text).toMatch(/✔ +after +stop +0 ms .* same\n/);
  expect(text).toContain(what);
  expect(text).toContain('Not asked of after: release: it follows.');
  expect(text).toContain('✔ 1 of 1 plants found; 0 false alarms on 2 times that nothing was done to.');
  expect(JSON.parse(renderSelftestJson(halvesRun(around(1.3, 10)), report))).toMatchObject({
    schema: 1,
    selftest: { passed: true, findings: [{ metric: 'build', found: true, plantedMs: 3000 }] },
  });
});

test('a plant that was not found is marked, and the last line says so', () => {
  const report = reportOf(1.01);
  expect(renderSelftestTerminal(halvesRun(around(1.01, 10)), report, [what], style)).toMatch(
    /✘ +after +build .* same\n/,
  );
  expect(outcomeLine(report, style)).toBe('✘ 0 of 1 plants found; 0 false alarms on 2 times that nothing was done to.');
});
