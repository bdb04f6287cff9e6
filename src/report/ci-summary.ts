import { ciBlocks } from './ci-blocks.ts';
import type { CiView } from './ci-view.ts';
import { fitBlocks } from './fit-blocks.ts';
import { safeTexts } from './safe-text.ts';

/** GitHub drops the summary of a step that is larger than 1 MiB, whole; other text of the step may stand before ours. */
const limit = 1_000_000;

/** What a run of `deployclock ci` came to, as markdown for `$GITHUB_STEP_SUMMARY`. Ends with a line feed. */
export function renderCiSummary(view: CiView): string {
  return fitBlocks(ciBlocks(safeTexts(view), '##'), limit, (text) => Buffer.byteLength(text));
}
