import type { RunRecord } from '../results/run-record.ts';
import type { Sample } from '../results/sample.ts';

/** Values shorter than this are words that would be found everywhere: `true`, `80`, `prod`. */
const shortest = 6;

/** Takes secrets out of any value. */
export type Redact = <T>(value: T) => T;

/**
 * Build arguments and environment variables may be secrets, and builds and apps print them. Their values are replaced by stars of the same
 * number of bytes in every text, and inside the base64 of a build trace, whose messages stay readable because no length changes.
 * @param values what may be a secret; short ones are taken for words
 * @param logins what is one, however short
 */
export function createRedact(values: readonly string[], logins: readonly string[] = []): Redact {
  const inBytes = (texts: readonly string[]): string[] =>
    texts.flatMap((value) => [value, Buffer.from(value).toString('latin1')]);
  const wanted = [...inBytes(values).filter((value) => value.length >= shortest), ...inBytes(logins)];
  const secrets = [...new Set(wanted)]
    .filter((value) => value !== '')
    .toSorted((left, right) => right.length - left.length);
  if (secrets.length === 0) return (value) => value;
  const inText = (text: string): string =>
    secrets.reduce((clean, secret) => clean.replaceAll(secret, stars(secret)), text);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'aux' ? inBase64(value, inText) : inText(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return <T>(value: T) => walk(value, '') as T;
}

/** A sample with its free texts redacted. Names, kinds and digests stay: a variant may well be called as one of its build arguments. */
export function redactSample(sample: Sample, redact: Redact): Sample {
  const { failure, phases, evidence, tainted, warnings } = sample;
  const { build } = phases;
  const detail = build?.detail ?? null;
  return {
    ...sample,
    failure:
      failure === null ? null : { ...failure, message: redact(failure.message), excerpt: redact(failure.excerpt) },
    phases:
      build === null || detail === null
        ? phases
        : {
            ...phases,
            build: {
              ...build,
              detail: {
                ...detail,
                criticalPath: redact(detail.criticalPath),
                steps: detail.steps.map((step) => ({ ...step, name: redact(step.name) })),
              },
            },
          },
    evidence: evidence.map((piece) => ({ ...piece, proof: redact(piece.proof) })),
    tainted: redact(tainted),
    warnings: redact(warnings),
  };
}

/** A run's record with its free texts redacted: Dockerfiles, edits, what was assumed. */
export function redactRecord(record: RunRecord, redact: Redact): RunRecord {
  const { scenario } = record;
  return {
    ...record,
    scenario: {
      ...scenario,
      variants: scenario.variants.map((variant) => ({ ...variant, dockerfileText: redact(variant.dockerfileText) })),
      edits: Object.fromEntries(
        Object.entries(scenario.edits).map(([kind, edits]) => [
          kind,
          edits.map((edit) => ({ ...redact(edit), action: edit.action ?? '' })),
        ]),
      ),
      assumed: redact(scenario.assumed),
    },
  };
}

/** One byte a character, so that a star replaces a byte whatever the text's encoding: secrets in UTF-8 are looked for as their bytes. */
function inBase64(text: string, inText: (text: string) => string): string {
  return Buffer.from(inText(Buffer.from(text, 'base64').toString('latin1')), 'latin1').toString('base64');
}

function stars(secret: string): string {
  return '*'.repeat(secret.length);
}
