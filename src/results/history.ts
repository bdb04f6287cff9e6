import { readFileSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DeployclockError, messageOf } from '../errors.ts';
import { type HistoryEntry, historyEntrySchema, historySchemaVersion } from './history-entry.ts';

export const historyFile = 'history.ndjson';

/** All runs that left a line, and what was odd about the file and did not keep it from being read. */
export interface History {
  /** In the order of the file. A run that is there twice has its later line. */
  readonly entries: readonly HistoryEntry[];
  readonly warnings: readonly string[];
}

/**
 * Adds a line to `<resultsRoot>/history.ndjson`; it is on the disk when this returns. Where the last writer was stopped in the middle of a
 * line, this one begins anew, so that only the cut-off one is lost.
 * @throws DeployclockError RESULTS_INVALID where the file cannot be written, NO_SPACE where the disk is full
 */
export async function appendHistory(resultsRoot: string, entry: HistoryEntry): Promise<void> {
  const file = join(resultsRoot, historyFile);
  const line = `${JSON.stringify(historyEntrySchema.parse(entry))}\n`;
  try {
    await mkdir(resultsRoot, { recursive: true });
    const handle = await open(file, 'a+');
    try {
      // One write, which the system appends as a whole: two runs may end at the same time.
      await handle.appendFile((await endsInLine(handle)) ? line : `\n${line}`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOSPC') throw new DeployclockError('NO_SPACE', `${file}: the disk is full.`, { cause });
    throw new DeployclockError('RESULTS_INVALID', `${file} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: 'Check that the results folder can be written to.',
    });
  }
}

/** Whether the next line can follow: the file is empty, or ends with a line feed. */
async function endsInLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  return last.toString() === '\n';
}

/**
 * Reads the history under a results folder; without a file there is none. A line that this version cannot read is left out with a warning
 * that names it: the others are worth having.
 * @throws DeployclockError RESULTS_INVALID where there is a file that cannot be read
 */
export function readHistory(resultsRoot: string): History {
  const lines = readText(join(resultsRoot, historyFile)).split('\n');
  const entries = new Map<string, HistoryEntry>();
  const warnings: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (read.ok) entries.set(JSON.stringify([read.entry.scenario, read.entry.run]), read.entry);
    else warnings.push(`${historyFile}:${index + 1} ${read.why}, and is left out.`);
  }
  return { entries: [...entries.values()], warnings };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new DeployclockError('RESULTS_INVALID', `${file} could not be read: ${messageOf(cause)}`, { cause });
  }
}

const versioned = z.object({ schema: z.number() });

type LineRead = { readonly ok: true; readonly entry: HistoryEntry } | { readonly ok: false; readonly why: string };

function readLine(line: string): LineRead {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, why: 'is not whole: it was cut off while it was being written' };
  }
  const schema = versioned.safeParse(value).data?.schema;
  if (schema !== undefined && schema !== historySchemaVersion) {
    const who = schema > historySchemaVersion ? 'a newer deployclock' : 'another deployclock';
    return { ok: false, why: `has schema ${schema}: ${who} wrote it, this one reads schema ${historySchemaVersion}` };
  }
  const entry = historyEntrySchema.safeParse(value);
  if (entry.success) return { ok: true, entry: entry.data };
  const reasons = entry.error.issues.map((issue) => `${issue.path.join('.') || 'the line'}: ${issue.message}`);
  return { ok: false, why: `is no entry (${reasons.slice(0, 3).join('; ')})` };
}
