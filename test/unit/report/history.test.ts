import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderHistoryFor } from '../../../src/report/history-formats.ts';
import { renderHistoryTerminal } from '../../../src/report/history-terminal.ts';
import type { HistoryView } from '../../../src/report/history-view.ts';
import { asciiMarks, type Marks, unicodeMarks } from '../../../src/report/marks.ts';
import { textWidth } from '../../../src/report/text-width.ts';
import type { HistoryEntry } from '../../../src/results/history-entry.ts';
import { historiesOf, type ScenarioHistory, type TrendChoice } from '../../../src/verdict/trends.ts';
import { exampleEntry } from '../results/example-history.ts';

const six = [0, 1, 2, 3, 4, 5];

/**
 * Twelve runs, the fifth on another machine. From the eighth on builds of `before` take half as long again; the sixth made its image twice
 * as large; what is pulled changes by a byte from run to run.
 */
const entries: HistoryEntry[] = Array.from({ length: 12 }, (_, index) => {
  const build = (index < 7 ? 10_000 : 15_000) + ((index * 37) % 50);
  const facts = { 'image.bytes': index < 5 ? 100e6 : 200e6, 'pull.bytes': 5214 + (index % 2), 'push.layers': 2 };
  return exampleEntry({
    day: index + 1,
    kernel: index === 4 ? '6.2.0' : '6.1.0',
    git: { commit: `${index}abcdef0123456789`, changed: index === 7 },
    numbers: {
      'before/first': [{ phases: { build: 40_000 }, facts: { ...facts, 'push.bytes': index < 5 ? 9e6 : 8e6 } }],
      'before/code-edit': six.map((more) => ({ phases: { build: build + more }, facts })),
      'after/code-edit': six.map((more) => ({ phases: { build: 5000 + more }, facts: { 'image.bytes': 9e7 + more } })),
    },
  });
});

const all: TrendChoice = { variants: null, metrics: null, last: null };
const render = (histories: readonly ScenarioHistory[], view: HistoryView, marks: Marks, width = 100, color = false) =>
  renderHistoryTerminal(histories, view, marks, { color, width });

describe('a history on a terminal', () => {
  it('tells of each metric its run of numbers, and of each step the run, the commit, from and to', () => {
    expect(render(historiesOf(entries, all), 'usual', unicodeMarks)).toMatchInlineSnapshot(`
      "node-api · 12 runs, 2026-11-01 to 2026-11-12

        before
          image.bytes           ▁▁▁▁▁███████    100 MB → 200 MB
            2026-11-06, commit 5abcdef012, run 2026-11-06T08-00-00Z-7f3a: 100 MB → 200 MB (on another
              machine or engine)
          first.release         ▅▅▅▅│▅│▅▅▅▅▅▅▅  40.0 s → 40.0 s
          code-edit.release     ▁▁▁▁│▅│▁▁█████  10.0 s → 15.0 s
            2026-11-08, commit 7abcdef012 and changes, run 2026-11-08T08-00-00Z-7f3a: 10.0 s → 15.0 s,
              ×1.50 (p 0.009)
          code-edit.build       ▁▁▁▁│▅│▁▁█████  10.0 s → 15.0 s
            2026-11-08, commit 7abcdef012 and changes, run 2026-11-08T08-00-00Z-7f3a: 10.0 s → 15.0 s,
              ×1.50 (p 0.009)
          code-edit.pull.bytes  ▄▅▄▅▄▅▄▅▄▅▄▅    5.21 kB → 5.21 kB
            11 changes below 0.1 %, the last 2026-11-12, commit 11abcdef01, run 2026-11-12T08-00-00Z-7f3a:
              5,214 B → 5,215 B

        after
          image.bytes           ▅▅▅▅▅▅▅▅▅▅▅▅    90.0 MB → 90.0 MB
            not reproducible: differs within 12 of 12 runs
          code-edit.release     ▅▅▅▅│▅│▅▅▅▅▅▅▅  5.00 s → 5.00 s    ×0.33 [×0.33, ×0.33] of before: faster
          code-edit.build       ▅▅▅▅│▅│▅▅▅▅▅▅▅  5.00 s → 5.00 s    ×0.33 [×0.33, ×0.33] of before: faster

        · Steps in times: Pettitt's test among the runs of one machine, and a change of more than 5 % and
          200 ms. Where runs do not depend on each other, a line shows one by chance in at most 5 % of
          histories; 5 lines were tested.
        · │ other machine: the times before and after it are not compared, and each machine has a scale of
          its own. The last run's is 3dba8acf: 2 × CPU, 8.00 GB, kernel 6.1.0, engine 28.5.2, 11 runs.
        · Machine 96027b48, 1 run, differs from it in kernel.
        · Steps also in first.push.bytes: --metric first.push.bytes shows them.
      "
    `);
  });

  it('says the same in ASCII, within a narrow terminal', () => {
    const text = render(historiesOf(entries, { ...all, variants: ['before'] }), 'usual', asciiMarks, 72);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for.
    expect(text).toMatch(/^[\u0000-\u007f]*$/);
    for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(72);
    expect(text).toMatchInlineSnapshot(`
      "node-api - 12 runs, 2026-11-01 to 2026-11-12

        before
          image.bytes           111118888888    100 MB -> 200 MB
            2026-11-06, commit 5abcdef012, run 2026-11-06T08-00-00Z-7f3a: 100
              MB -> 200 MB (on another machine or engine)
          first.release         5555|5|5555555  40.0 s -> 40.0 s
          code-edit.release     1111|5|1188888  10.0 s -> 15.0 s
            2026-11-08, commit 7abcdef012 and changes, run
              2026-11-08T08-00-00Z-7f3a: 10.0 s -> 15.0 s, x1.50 (p 0.009)
          code-edit.build       1111|5|1188888  10.0 s -> 15.0 s
            2026-11-08, commit 7abcdef012 and changes, run
              2026-11-08T08-00-00Z-7f3a: 10.0 s -> 15.0 s, x1.50 (p 0.009)
          code-edit.pull.bytes  454545454545    5.21 kB -> 5.21 kB
            11 changes below 0.1 %, the last 2026-11-12, commit 11abcdef01,
              run 2026-11-12T08-00-00Z-7f3a: 5,214 B -> 5,215 B

        - Steps in times: Pettitt's test among the runs of one machine, and a
          change of more than 5 % and 200 ms. Where runs do not depend on
          each other, a line shows one by chance in at most 5 % of
          histories; 3 lines were tested.
        - | other machine: the times before and after it are not compared, and
          each machine has a scale of its own. The last run's is 3dba8acf: 2
          x CPU, 8.00 GB, kernel 6.1.0, engine 28.5.2, 11 runs.
        - Machine 96027b48, 1 run, differs from it in kernel.
        - Steps also in first.push.bytes: --metric first.push.bytes shows
          them.
      "
    `);
  });

  it('is short where there are several scenarios, and says where there is more', () => {
    const other = entries.slice(0, 3).map((entry) => ({ ...entry, scenario: 'go-api' }));
    expect(render(historiesOf([...entries, ...other], all), 'headline', unicodeMarks)).toMatchInlineSnapshot(`
      "go-api · 3 runs, 2026-11-01 to 2026-11-03

        before
          image.bytes        ▅▅▅  100 MB → 100 MB
          code-edit.release  ▄▅▅  10.0 s → 10.0 s

        after
          image.bytes        ▅▅▅  90.0 MB → 90.0 MB  not reproducible: differs within 3 of 3 runs
          code-edit.release  ▅▅▅  5.00 s → 5.00 s    ×0.50 [×0.50, ×0.50] of before: faster

        · Steps in times need 8 runs of one machine; the most here is 3.
        · More of it: deployclock history go-api

      node-api · 12 runs, 2026-11-01 to 2026-11-12

        before
          image.bytes        ▁▁▁▁▁███████    100 MB → 200 MB
            2026-11-06, commit 5abcdef012, run 2026-11-06T08-00-00Z-7f3a: 100 MB → 200 MB (on another
              machine or engine)
          code-edit.release  ▁▁▁▁│▅│▁▁█████  10.0 s → 15.0 s
            2026-11-08, commit 7abcdef012 and changes, run 2026-11-08T08-00-00Z-7f3a: 10.0 s → 15.0 s,
              ×1.50 (p 0.009)

        after
          image.bytes        ▅▅▅▅▅▅▅▅▅▅▅▅    90.0 MB → 90.0 MB
            not reproducible: differs within 12 of 12 runs
          code-edit.release  ▅▅▅▅│▅│▅▅▅▅▅▅▅  5.00 s → 5.00 s    ×0.33 [×0.33, ×0.33] of before: faster

        · Steps in times: Pettitt's test among the runs of one machine, and a change of more than 5 % and
          200 ms. Where runs do not depend on each other, a line shows one by chance in at most 5 % of
          histories; 2 lines were tested.
        · │ other machine: the times before and after it are not compared, and each machine has a scale of
          its own. The last run's is 3dba8acf: 2 × CPU, 8.00 GB, kernel 6.1.0, engine 28.5.2, 11 runs.
        · Machine 96027b48, 1 run, differs from it in kernel.
        · More of it: deployclock history node-api
      "
    `);
  });

  it('says the same with colour as without', () => {
    const histories = historiesOf(entries, all);
    const painted = render(histories, 'usual', unicodeMarks, 100, true);
    expect(painted).not.toBe(render(histories, 'usual', unicodeMarks));
    expect(stripVTControlCharacters(painted)).toBe(render(histories, 'usual', unicodeMarks));
  });

  it('says how many runs steps in times need where there are fewer', () => {
    expect(render(historiesOf(entries, { ...all, last: 6 }), 'usual', unicodeMarks, 200)).toContain(
      'Steps in times need 8 runs of one machine; the most here is 6.',
    );
  });

  it('lists the latest steps and counts the others', () => {
    const flipping = Array.from({ length: 14 }, (_, index) =>
      exampleEntry({ day: index + 1, numbers: { 'before/first': [{ facts: { 'image.layers': 5 + (index % 2) } }] } }),
    );
    const text = render(historiesOf(flipping, all), 'usual', unicodeMarks, 200);
    expect(text).toContain('8 earlier steps\n');
    expect(text).toContain('2026-11-14, no commit, run 2026-11-14T08-00-00Z-7f3a: 5 → 6');
    expect(text).not.toContain('2026-11-09');
  });

  it('says of a fact that it changed on another machine, where it did', () => {
    const moved = ['6.1.0', '6.2.0'].map((kernel, index) =>
      exampleEntry({
        day: index + 1,
        kernel,
        numbers: { 'before/first': [{ facts: { 'image.bytes': 1e8 + index * 1e7 } }] },
      }),
    );
    expect(render(historiesOf(moved, all), 'usual', unicodeMarks, 200)).toContain(
      '100 MB → 110 MB (on another machine or engine)',
    );
  });

  it('says so where no run has a number of what was asked for', () => {
    const metrics = [{ sort: 'time', kind: 'first', name: 'downtime' } as const];
    expect(render(historiesOf(entries, { ...all, metrics }), 'all', unicodeMarks)).toContain(
      'No run has a number of these.',
    );
  });

  it('lets nothing through that a terminal obeys', () => {
    const evil = '\u001b]0;pwned\u0007\u001b[2J\u009b5n';
    const hostile = entries.map((entry) => ({
      ...entry,
      scenario: `node${evil}`,
      run: `${entry.run}${evil}`,
      git: { commit: evil, changed: true },
      fingerprint: { ...entry.fingerprint, cpuModel: evil },
    }));
    const histories = historiesOf(hostile, all);
    const report = { histories, view: 'usual', warnings: [evil] } as const;
    expect(render(histories, 'usual', unicodeMarks).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    for (const file of ['x.txt', 'x.md', 'x.json', 'x.csv']) {
      expect(renderHistoryFor(file)(report).replace(/[\r\n]/g, '')).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('a history in a file', () => {
  const report = {
    histories: historiesOf(entries, all),
    view: 'usual',
    warnings: ['history.ndjson:3 is odd.'],
  } as const;

  it('is a table and a list of steps in markdown', () => {
    expect(
      renderHistoryFor('x.md')({ ...report, histories: historiesOf(entries, { ...all, variants: ['before'] }) }),
    ).toMatchInlineSnapshot(`
      "## node-api · 12 runs, 2026-11-01 to 2026-11-12

      | variant | metric | | first → last | last run |
      | :-- | :-- | :-- | --: | :-- |
      | before | image.bytes | ▁▁▁▁▁███████ | 100 MB → 200 MB |  |
      | before | first.release | ▅▅▅▅│▅│▅▅▅▅▅▅▅ | 40.0 s → 40.0 s |  |
      | before | code-edit.release | ▁▁▁▁│▅│▁▁█████ | 10.0 s → 15.0 s |  |
      | before | code-edit.build | ▁▁▁▁│▅│▁▁█████ | 10.0 s → 15.0 s |  |
      | before | code-edit.pull.bytes | ▄▅▄▅▄▅▄▅▄▅▄▅ | 5.21 kB → 5.21 kB |  |

      ### Steps

      - **before, image.bytes**: 2026-11-06, commit 5abcdef012, run 2026-11-06T08-00-00Z-7f3a: 100 MB → 200 MB (on another machine or engine)
      - **before, code-edit.release**: 2026-11-08, commit 7abcdef012 and changes, run 2026-11-08T08-00-00Z-7f3a: 10.0 s → 15.0 s, ×1.50 (p 0.009)
      - **before, code-edit.build**: 2026-11-08, commit 7abcdef012 and changes, run 2026-11-08T08-00-00Z-7f3a: 10.0 s → 15.0 s, ×1.50 (p 0.009)
      - **before, code-edit.pull.bytes**: 11 changes below 0.1 %, the last 2026-11-12, commit 11abcdef01, run 2026-11-12T08-00-00Z-7f3a: 5,214 B → 5,215 B

      - Steps in times: Pettitt's test among the runs of one machine, and a change of more than 5 % and 200 ms. Where runs do not depend on each other, a line shows one by chance in at most 5 % of histories; 3 lines were tested.
      - │ other machine: the times before and after it are not compared, and each machine has a scale of its own. The last run's is 3dba8acf: 2 × CPU, 8.00 GB, kernel 6.1.0, engine 28.5.2, 11 runs.
      - Machine 96027b48, 1 run, differs from it in kernel.
      - Steps also in first.push.bytes: --metric first.push.bytes shows them.
      "
    `);
  });

  it('is everything in JSON: runs as they were kept, points and steps of every metric, warnings', () => {
    const document: unknown = JSON.parse(renderHistoryFor('x.json')(report));
    expect(document).toMatchObject({
      schema: 1,
      scenarios: [{ scenario: 'node-api', baseline: 'before', runs: entries }],
      warnings: report.warnings,
    });
    expect(document).toHaveProperty(
      'scenarios.0.trends',
      expect.arrayContaining([
        expect.objectContaining({
          ...{ metric: 'code-edit.build', sort: 'time', variant: 'before' },
          steps: [
            {
              run: entries[7]?.run,
              from: expect.closeTo(10_025, -2),
              to: expect.closeTo(15_025, -2),
              p: expect.any(Number),
            },
          ],
        }),
        expect.objectContaining({
          ...{ metric: 'image.bytes', sort: 'fact', variant: 'before' },
          steps: [
            {
              run: entries[5]?.run,
              from: { min: 100e6, max: 100e6, samples: 1 },
              to: { min: 200e6, max: 200e6, samples: 1 },
            },
          ],
        }),
      ]),
    );
  });

  it('is one line a number in CSV', () => {
    const histories = historiesOf(entries, {
      variants: ['after'],
      metrics: [
        { sort: 'time', kind: 'code-edit', name: 'release' },
        { sort: 'fact', kind: null, name: 'image.bytes' },
      ],
      last: 1,
    });
    expect(renderHistoryFor('x.csv')({ ...report, histories })).toMatchInlineSnapshot(`
      "scenario,run,startedAt,commit,changed,fingerprint,variant,metric,unit,samples,value,most,ratio,ratioLow,ratioHigh,verdict
      node-api,2026-11-12T08-00-00Z-7f3a,2026-11-12T08:00:00.000Z,11abcdef0123456789,false,3dba8acf,after,code-edit.release,ms,6,5002.5,,0.3332889037005422,0.3331778503365101,0.3333999467092995,faster
      node-api,2026-11-12T08-00-00Z-7f3a,2026-11-12T08:00:00.000Z,11abcdef0123456789,false,3dba8acf,after,image.bytes,B,6,90000000,90000005,,,,
      "
    `);
  });

  it('quotes what would be two fields, and lets no text be a formula', () => {
    const odd = entries.slice(0, 1).map((entry) => ({ ...entry, scenario: '=1+1, "one"' }));
    const [, row] = renderHistoryFor('x.csv')({ ...report, histories: historiesOf(odd, all) }).split('\r\n');
    expect(row).toMatch(/^"'=1\+1, ""one""",2026-11-01T/);
  });

  it('is refused where the format is not known', () => {
    expect(() => renderHistoryFor('x.docx')).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: 'Known: .txt, .md, .json, .csv' }),
    );
  });
});
