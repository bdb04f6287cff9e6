import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeployclockError } from '../../../src/errors.ts';
import { readRun } from '../../../src/results/run-folder.ts';
import { exampleRecord, exampleSample } from './example-run.ts';

let folder = '';
const record = exampleRecord();
const sample = exampleSample({ phases: { build: 1000, pull: 200.5 } });
const line = `${JSON.stringify(sample)}\n`;

const write = (samples: string, run: unknown = record): void => {
  writeFileSync(join(folder, 'run.json'), typeof run === 'string' ? run : JSON.stringify(run));
  writeFileSync(join(folder, 'samples.ndjson'), samples);
};

function failure(): DeployclockError {
  try {
    readRun(folder);
  } catch (thrown) {
    if (thrown instanceof DeployclockError) return thrown;
    throw thrown;
  }
  throw new Error('it was read');
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deployclock-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readRun', () => {
  it('reads the record and the samples, from the folder and from the path of run.json', () => {
    write(line + line);
    expect(readRun(folder)).toEqual({ record, samples: [sample, sample], warnings: [] });
    expect(readRun(join(folder, 'run.json'))).toEqual(readRun(folder));
  });

  it('reads a run without a sample', () => {
    write('');
    expect(readRun(folder)).toEqual({ record, samples: [], warnings: [] });
  });

  it('leaves out a last line that was cut off anywhere, and says so', () => {
    for (const length of [1, 20, line.length - 2]) {
      write(line + line.slice(0, length));
      const run = readRun(folder);
      expect(run.samples).toEqual([sample]);
      expect(run.warnings).toEqual(['samples.ndjson:2 was cut off while it was being written and is left out.']);
    }
  });

  it('keeps a last line that only lacks its line feed', () => {
    write(line + line.trimEnd());
    expect(readRun(folder)).toMatchObject({ samples: [sample, sample], warnings: [] });
  });

  it('tells file and line of a line that is broken and is not the last', () => {
    write(`${line}{"schema":1,\n${line}`);
    expect(failure()).toMatchObject({ code: 'RESULTS_INVALID' });
    expect(failure().message).toMatch(/samples\.ndjson:2: not JSON: /);
  });

  it('does not take a whole line that is wrong for one that was cut off', () => {
    write(`${line}{"schema":2}\n`);
    expect(failure().message).toMatch(/samples\.ndjson:2: .*round: /);
    write(`${line}{"schema":2}`);
    expect(failure().message).toMatch(/samples\.ndjson:2: .*round: /);
  });

  it('names the path of the value that is wrong', () => {
    write(JSON.stringify({ ...sample, phases: { ...sample.phases, build: { ms: 'long' } } }).concat('\n'));
    expect(failure().message).toMatch(/samples\.ndjson:1: .*phases\.build\.ms: .*number/);
  });

  it('tells another schema version before anything else', () => {
    write('{"schema":3,"surprise":true}\n');
    expect(failure().message).toMatch(
      /samples\.ndjson:1: schema 3: a newer deployclock wrote it, this one reads schema 2/,
    );
    write(line, { schema: 0 });
    expect(failure().message).toMatch(/run\.json: schema 0: an older deployclock wrote it/);
  });

  it('refuses a sample of a variant or a deploy kind that the run does not have', () => {
    write(JSON.stringify({ ...sample, variant: 'other' }).concat('\n'));
    expect(failure().message).toMatch(/samples\.ndjson:1: variant: .*"other"/);
    write(JSON.stringify({ ...sample, kind: 'rollback' }).concat('\n'));
    expect(failure().message).toMatch(/samples\.ndjson:1: kind: .*"rollback"/);
  });

  it('refuses a baseline that is no variant', () => {
    write(line, { ...record, scenario: { ...record.scenario, baseline: 'other' } });
    expect(failure().message).toMatch(/run\.json: scenario\.baseline: .*"other", only before, after/);
  });

  it('says which file is missing or is not JSON', () => {
    expect(failure().message).toMatch(/run\.json could not be read: ENOENT/);
    write(line, 'nonsense');
    expect(failure().message).toMatch(/run\.json: not JSON/);
    write(line);
    rmSync(join(folder, 'samples.ndjson'));
    expect(failure()).toMatchObject({ code: 'RESULTS_INVALID' });
    expect(failure().message).toMatch(/samples\.ndjson could not be read/);
  });
});
