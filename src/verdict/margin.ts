/** What a time has to change by to count: more than both. */
export interface Margin {
  /** Of the other time: 0.05 is 5 %. */
  readonly share: number;
  readonly floorMs: number;
}

/** Smaller changes than these nobody waits for, and few runs can tell from noise. */
export const defaultMargin: Margin = { share: 0.05, floorMs: 200 };
