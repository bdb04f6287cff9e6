/** Everything that a command touches of its process, passed in so that whole commands run inside a test. */
export interface Io {
  /** The result, and nothing else. */
  readonly out: (text: string) => void;
  /** Progress, warnings, errors. */
  readonly err: (text: string) => void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Asks a question on the terminal; null where nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** Colour where the stream is a terminal, unless NO_COLOR or TERM=dumb says no; FORCE_COLOR says yes. */
export function wantsColor(io: Pick<Io, 'env'>, isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
  return isTerminal && TERM !== 'dumb';
}
