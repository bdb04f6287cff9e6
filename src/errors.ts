/**
 * Every error a person can meet: one class, one table. The code is for programs, the message says what happened and where,
 * the hint is the next thing to type. Exit codes are those of the command line's `--help`.
 */

export const exitCodes = {
  done: 0,
  gateFailed: 1,
  usage: 2,
  environment: 3,
  measurement: 4,
  inconclusive: 5,
  interrupted: 130,
} as const;

interface ErrorKind {
  readonly exit: number;
  readonly hint: string | null;
}

const kinds = {
  USAGE: { exit: exitCodes.usage, hint: 'deployclock --help' },
  SCENARIO_NOT_FOUND: { exit: exitCodes.usage, hint: 'deployclock scenarios' },
  SCENARIO_INVALID: { exit: exitCodes.usage, hint: 'Mend the line above and run the same command again.' },
  DOCKERFILE_NOT_FOUND: { exit: exitCodes.usage, hint: null },
  DOCKERFILE_INVALID: { exit: exitCodes.usage, hint: 'Mend the Dockerfile and run the same command again.' },
  REVISION_NOT_FOUND: { exit: exitCodes.usage, hint: 'git log --oneline --all' },
  EDIT_FAILED: { exit: exitCodes.usage, hint: 'Mend the edit in scenario.yaml and run the same command again.' },
  RESULTS_INVALID: { exit: exitCodes.usage, hint: 'deployclock report results/<scenario>/<run id>' },
  GATE_INVALID: { exit: exitCodes.usage, hint: null },
  ENGINE_NOT_FOUND: { exit: exitCodes.environment, hint: 'deployclock setup' },
  ENGINE_UNREACHABLE: { exit: exitCodes.environment, hint: 'deployclock setup' },
  ENGINE_UNSUITABLE: { exit: exitCodes.environment, hint: null },
  ENGINE_REQUEST_FAILED: { exit: exitCodes.environment, hint: 'deployclock clean, then the same command again' },
  INSTALL_FAILED: { exit: exitCodes.environment, hint: null },
  LAB_IMAGE_MISSING: { exit: exitCodes.environment, hint: 'deployclock setup' },
  BASE_IMAGE_MISSING: { exit: exitCodes.environment, hint: null },
  NODE_NOT_STARTED: { exit: exitCodes.environment, hint: 'deployclock clean, then the same command again' },
  LINK_TOO_SLOW: { exit: exitCodes.environment, hint: 'A slower profile: --link uplink=… or --link downlink=…' },
  NO_SPACE: { exit: exitCodes.environment, hint: 'df -h; docker system df' },
  REGISTRY_UNREACHABLE: { exit: exitCodes.environment, hint: null },
  REGISTRY_DENIED: { exit: exitCodes.environment, hint: 'docker login' },
  GIT_FAILED: { exit: exitCodes.environment, hint: null },
  COMMENT_FAILED: { exit: exitCodes.environment, hint: null },
  LAB_FAILED: { exit: exitCodes.environment, hint: 'deployclock clean, then the same command again' },
  BUILD_FAILED: { exit: exitCodes.measurement, hint: null },
  PUSH_FAILED: { exit: exitCodes.measurement, hint: null },
  PULL_FAILED: { exit: exitCodes.measurement, hint: null },
  START_FAILED: { exit: exitCodes.measurement, hint: null },
  STREAM_TRUNCATED: { exit: exitCodes.measurement, hint: null },
  APP_CRASHED: { exit: exitCodes.measurement, hint: null },
  APP_NEVER_READY: { exit: exitCodes.measurement, hint: null },
  TIMED_OUT: { exit: exitCodes.measurement, hint: null },
  GATE_NOT_JUDGED: { exit: exitCodes.measurement, hint: null },
  INTERRUPTED: { exit: exitCodes.interrupted, hint: null },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

export interface ErrorDetail {
  /** Overrides the table's hint where a better next command is known. */
  readonly hint?: string;
  /** Lines shown under the message, as they are: an excerpt, an app's last output. */
  readonly excerpt?: string;
  readonly cause?: unknown;
}

/** An error with a code, a message for people, and the next command to type. */
export class DeployclockError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly excerpt: string | null;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'DeployclockError';
    this.code = code;
    this.hint = detail.hint ?? kinds[code].hint;
    this.excerpt = detail.excerpt ?? null;
  }

  get exitCode(): number {
    return kinds[this.code].exit;
  }
}

/** The exit code that a failure of this code stands for; what is in no table is the environment's. */
export function exitCodeOf(code: string): number {
  return code in kinds ? kinds[code as ErrorCode].exit : exitCodes.environment;
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
