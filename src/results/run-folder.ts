import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { DeployclockError, messageOf } from '../errors.ts';
import { type RunRecord, runRecordSchema, runSchemaVersion } from './run-record.ts';
import { type Sample, sampleSchema, sampleSchemaVersion } from './sample.ts';

export const runFile = 'run.json';
export const samplesFile = 'samples.ndjson';

/** Everything that was observed in a run, as its folder tells it. */
export interface RunFolder {
  readonly record: RunRecord;
  /** In the order in which they were taken. */
  readonly samples: readonly Sample[];
  /** What was odd about the folder and did not keep it from being read. */
  readonly warnings: readonly string[];
}

/**
 * Reads a run from its folder, or from the path of its run.json. A last line of samples.ndjson that was cut off while it was being
 * written is left out with a warning; anything else that is wrong is an error.
 * @throws DeployclockError RESULTS_INVALID with file, line and reason
 */
export function readRun(path: string): RunFolder {
  const folder = basename(path) === runFile ? dirname(path) : path;
  const record = readRecord(join(folder, runFile));
  const { samples, warnings } = readSamples(join(folder, samplesFile), record);
  return { record, samples, warnings };
}

function readRecord(file: string): RunRecord {
  const value = parseJson(readText(file), file);
  const record = validate(runRecordSchema, runSchemaVersion, value, file);
  const names = record.scenario.variants.map((variant) => variant.name);
  if (!names.includes(record.scenario.baseline)) {
    throw invalid(
      file,
      `scenario.baseline: the run has no variant "${record.scenario.baseline}", only ${names.join(', ')}`,
    );
  }
  return record;
}

function readSamples(file: string, record: RunRecord): { samples: Sample[]; warnings: string[] } {
  const lines = readText(file).split('\n');
  // What follows the last line feed is empty, unless the writer was stopped in the middle of a line.
  const rest = lines.pop() ?? '';
  const samples = lines.map((line, index) => readSample(line, `${file}:${index + 1}`, record));
  if (rest === '') return { samples, warnings: [] };
  if (isJson(rest))
    return { samples: [...samples, readSample(rest, `${file}:${lines.length + 1}`, record)], warnings: [] };
  const warning = `${samplesFile}:${lines.length + 1} was cut off while it was being written and is left out.`;
  return { samples, warnings: [warning] };
}

function readSample(line: string, where: string, record: RunRecord): Sample {
  const sample = validate(sampleSchema, sampleSchemaVersion, parseJson(line, where), where);
  if (!record.scenario.variants.some((variant) => variant.name === sample.variant)) {
    throw invalid(where, `variant: the run has no variant "${sample.variant}"`);
  }
  if (!record.plan.kinds.includes(sample.kind))
    throw invalid(where, `kind: the run has no deploy kind "${sample.kind}"`);
  return sample;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DeployclockError('RESULTS_INVALID', `${file} could not be read: ${messageOf(cause)}`, { cause });
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(where, `not JSON: ${messageOf(cause)}`, cause);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const versioned = z.object({ schema: z.number() });

/** Another version is told before anything else, for its other mistakes are only what makes it another version. */
function validate<S extends z.ZodType>(schema: S, version: number, value: unknown, where: string): z.output<S> {
  const found = versioned.safeParse(value).data?.schema;
  if (found !== undefined && found !== version) {
    const other = found > version ? 'a newer deployclock wrote it' : 'an older deployclock wrote it';
    throw invalid(where, `schema ${found}: ${other}, this one reads schema ${version}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.map((issue) => `${issue.path.join('.') || 'the value'}: ${issue.message}`);
  throw invalid(where, reasons.join('; '), result.error);
}

function invalid(where: string, why: string, cause?: unknown): DeployclockError {
  return new DeployclockError('RESULTS_INVALID', `${where}: ${why}.`, { cause });
}
