import type { z } from 'zod';
import { DeployclockError } from '../errors.ts';
import { type WrittenScenario, writtenScenarioSchema } from './schema.ts';
import { errorAt, type Place, type Source } from './source-excerpt.ts';
import { readYaml, type YamlPath, type YamlSource } from './yaml-source.ts';

/** A valid scenario.yaml, with the places of what it says, for the checks that need the disk. */
export interface Written {
  readonly scenario: WrittenScenario;
  readonly source: Source;
  readonly yaml: YamlSource;
}

type Issue = z.core.$ZodIssue;

/**
 * Reads and checks the text of a scenario.yaml.
 * @throws DeployclockError SCENARIO_INVALID: the first mistake as message, all of them with place and excerpt
 */
export function readWritten(source: Source): Written {
  const yaml = readYaml(source);
  const result = writtenScenarioSchema.safeParse(yaml.data, { error: explain });
  if (result.success) return { scenario: result.data, source, yaml };
  const errors = withoutConsequences(result.error.issues.flatMap(meant)).map((issue) =>
    errorAt('SCENARIO_INVALID', source, placeOf(issue, yaml), messageFor(issue)),
  );
  const [first, ...others] = errors;
  if (first === undefined || others.length === 0) throw first ?? result.error;
  const rest = others.flatMap((error) => ['', error.message, error.excerpt ?? '']);
  throw new DeployclockError('SCENARIO_INVALID', first.message, { excerpt: [first.excerpt, ...rest].join('\n') });
}

/** Of what may be written in several ways, the mistakes of the way whose sort of value was written. */
function meant(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const way = issue.errors.find(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  return way === undefined ? [issue] : way.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
}

/** A rule about a whole ("either this or that") fails for no reason of its own where a part of it is already wrong. */
function withoutConsequences(issues: readonly Issue[]): Issue[] {
  const isWithin = (part: YamlPath, whole: YamlPath): boolean => whole.every((key, index) => part[index] === key);
  const wrongParts = issues.filter((issue) => issue.code !== 'custom');
  return issues.filter(
    (issue) => issue.code !== 'custom' || !wrongParts.some((part) => isWithin(part.path, issue.path)),
  );
}

/** An unknown key and a bad name are wrong as keys; everything else is wrong as a value. */
function placeOf(issue: Issue, yaml: YamlSource): Place {
  if (issue.code === 'unrecognized_keys') return yaml.placeOfKey([...issue.path, issue.keys[0] ?? '']);
  return issue.code === 'invalid_key' ? yaml.placeOfKey(issue.path) : yaml.placeOfValue(issue.path);
}

function messageFor(issue: Issue): string {
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return issue.code === 'unrecognized_keys' || issue.path.length === 0
    ? message
    : `${pathText(issue.path)}: ${message}`;
}

/** `edits.code-edit[0].replace` */
function pathText(path: YamlPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

const kindNames: Readonly<Record<string, string>> = {
  object: 'keys and values',
  record: 'keys and values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

/** zod's own words are for programmers; these name what a person writes. Messages of the schema itself come first. */
function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'this is missing';
    const expected = kindNames[issue.expected] ?? issue.expected;
    return `expected ${expected}, found ${kindOf(issue.input)}`;
  }
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text "${value}"`;
  if (typeof value === 'number') return `the number ${value}`;
  return kindNames[typeof value] ?? typeof value;
}
