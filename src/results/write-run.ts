import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployclockError, messageOf } from '../errors.ts';
import { runFile, samplesFile } from './run-folder.ts';
import { type RunRecord, runRecordSchema } from './run-record.ts';
import { type Sample, sampleSchema } from './sample.ts';

/** The folder of a run that is going on. */
export interface RunJournal {
  /** Absolute or relative as `root` was. */
  readonly folder: string;
  /** Adds a line to the journal; it is on the disk when this returns. */
  readonly appendSample: (sample: Sample) => Promise<void>;
  /** Keeps what was observed, as it came, in `raw/`; answers the path. A name is written once. */
  readonly writeRaw: (name: string, text: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/**
 * Makes `<root>/<scenario>/<run id>/` with run.json and an empty journal.
 * @throws DeployclockError RESULTS_INVALID where the folder exists already or cannot be made, NO_SPACE where the disk is full
 */
export async function createRunFolder(
  root: string,
  scenarioName: string,
  runId: string,
  record: RunRecord,
): Promise<RunJournal> {
  const folder = join(root, fileName(scenarioName), fileName(runId));
  const json = `${JSON.stringify(runRecordSchema.parse(record), null, 2)}\n`;
  const journal = await orExplain(folder, async () => {
    await mkdir(join(root, fileName(scenarioName)), { recursive: true });
    await mkdir(folder);
    await mkdir(join(folder, 'raw'));
    await writeFile(join(folder, runFile), json, { flag: 'wx', flush: true });
    return await open(join(folder, samplesFile), 'ax');
  });
  return {
    folder,
    appendSample: journalWriter(journal, join(folder, samplesFile)),
    writeRaw: async (name, text) => {
      const file = join(folder, 'raw', fileName(name));
      await orExplain(file, () => writeFile(file, text, { flag: 'wx' }));
      return file;
    },
    close: () => journal.close(),
  };
}

/** One line at a time, in the order of the calls. A line that could not be written whole is taken back, so that the next can follow. */
function journalWriter(journal: FileHandle, file: string): RunJournal['appendSample'] {
  let length = 0;
  let last: Promise<void> = Promise.resolve();
  const append = async (line: Buffer): Promise<void> => {
    try {
      await journal.appendFile(line);
      await journal.sync();
      length += line.length;
    } catch (cause) {
      await journal.truncate(length).catch(() => undefined);
      throw cause;
    }
  };
  return async (sample) => {
    const line = Buffer.from(`${JSON.stringify(sampleSchema.parse(sample))}\n`);
    const mine = last.then(() => orExplain(file, () => append(line)));
    last = mine.catch(() => undefined);
    await mine;
  };
}

/** A name as one segment of a path: what could leave the folder, or is no character of a file name somewhere, becomes `-`. */
function fileName(name: string): string {
  const segment = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^\.+/, '');
  return segment === '' ? 'unnamed' : segment;
}

async function orExplain<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOSPC') throw new DeployclockError('NO_SPACE', `${where}: the disk is full.`, { cause });
    throw new DeployclockError('RESULTS_INVALID', `${where} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: 'Check that the results folder can be written to, then run the same command again.',
    });
  }
}
