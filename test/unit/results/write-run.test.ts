import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/results/run-folder.ts';
import { createRunFolder, type RunJournal } from '../../../src/results/write-run.ts';
import { exampleRecord, exampleSample } from './example-run.ts';

let root = '';
let journal: RunJournal;
const record = exampleRecord();

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'deployclock-results-'));
  journal = await createRunFolder(root, 'node-api', record.id, record);
});
afterEach(async () => {
  await journal.close();
  rmSync(root, { recursive: true });
});

describe('createRunFolder', () => {
  it('makes a folder that reads as a run without samples', () => {
    expect(journal.folder).toBe(join(root, 'node-api', record.id));
    expect(readRun(journal.folder)).toEqual({ record, samples: [], warnings: [] });
  });

  it('has a sample on the disk when appendSample returns', async () => {
    const sample = exampleSample({ phases: { build: 12.5 } });
    await journal.appendSample(sample);
    expect(readRun(journal.folder).samples).toEqual([sample]);
  });

  it('keeps whole lines in the order of the calls when they overlap', async () => {
    const samples = Array.from({ length: 20 }, (_, index) => exampleSample({}, { order: index + 1 }));
    await Promise.all(samples.map((sample) => journal.appendSample(sample)));
    expect(readRun(journal.folder).samples).toEqual(samples);
  });

  it('refuses a sample that could not be read again, and goes on with the next', async () => {
    await expect(journal.appendSample(exampleSample({}, { unattributedMs: Number.NaN }))).rejects.toThrow();
    await journal.appendSample(exampleSample());
    expect(readRun(journal.folder).samples).toHaveLength(1);
  });

  it('never touches the folder of another run', async () => {
    await expect(createRunFolder(root, 'node-api', record.id, record)).rejects.toMatchObject({
      code: 'RESULTS_INVALID',
    });
    expect(readRun(journal.folder).record).toEqual(record);
  });

  it('stays below its root, whatever the names are', async () => {
    const other = await createRunFolder(root, '../../etc', '..', record);
    await other.close();
    expect(relative(root, other.folder)).toBe(join('-..-etc', 'unnamed'));
    const raw = await journal.writeRaw('../run.json', 'text');
    expect(relative(journal.folder, raw)).toBe(join('raw', '-run.json'));
  });

  it('writes raw text once under a name', async () => {
    await journal.writeRaw('0001-first.ndjson', 'one\n');
    await expect(journal.writeRaw('0001-first.ndjson', 'two\n')).rejects.toMatchObject({ code: 'RESULTS_INVALID' });
    expect(readdirSync(join(journal.folder, 'raw'))).toEqual(['0001-first.ndjson']);
    expect(readFileSync(join(journal.folder, 'raw', '0001-first.ndjson'), 'utf8')).toBe('one\n');
  });

  it('leaves a folder that can be read after the writer was killed in the middle of a line', async () => {
    await journal.appendSample(exampleSample());
    appendFileSync(join(journal.folder, 'samples.ndjson'), '{"schema":1,"round":');
    expect(readRun(journal.folder)).toMatchObject({
      samples: [exampleSample()],
      warnings: [expect.stringContaining(':2')],
    });
  });
});
