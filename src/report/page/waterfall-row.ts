/** One line of a waterfall: milliseconds from the deploy's beginning. */
export interface WaterfallRow {
  readonly label: string;
  /** What stands at the end of the line. */
  readonly figure: string;
  /** The stage or the like that this row's lane belongs to; empty where there is one lane. */
  readonly lane: string;
  readonly startMs: number;
  readonly endMs: number;
  /** `pale`: was there already. `instant`: a point in time, at `endMs`. */
  readonly look: 'solid' | 'pale' | 'instant' | 'tail';
  readonly critical: boolean;
  readonly title: string;
}

/** What is inside a phase, line by line. */
export interface PhaseRows {
  /** Said beside the phase's name: what has no line. */
  readonly note: string;
  readonly rows: readonly WaterfallRow[];
}

export const noRows: PhaseRows = { note: '', rows: [] };
