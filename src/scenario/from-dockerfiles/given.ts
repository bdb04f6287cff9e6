import type { BuilderMode, Replacement, ServerLimits } from '../scenario.ts';

/** What lies over a scenario, however it was written: null and empty leave it as it is. */
export interface Overrides {
  /** Every variant once in each of these modes. */
  readonly builders: readonly BuilderMode[];
  readonly replace: Replacement | null;
  readonly server: ServerLimits;
}

/** What a person says of Dockerfiles that no scenario.yaml describes. Null and empty: not said, to be found out. */
export interface Given extends Overrides {
  /** Paths from the working folder; `Dockerfile@v1.2` is that path at a git revision. */
  readonly dockerfiles: readonly string[];
  /** Git revisions: every Dockerfile is taken at each of them. */
  readonly refs: readonly string[];
  /** Folder, from the working folder. */
  readonly context: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly name: string | null;
  readonly port: number | null;
  /** Path of the app that answers 200 once it is ready; begins with `/`. */
  readonly health: string | null;
  /** File that the code edit changes, from the working folder or from the context. */
  readonly edit: string | null;
}
