import { ciBlocks } from './ci-blocks.ts';
import type { CiView } from './ci-view.ts';
import { fitBlocks } from './fit-blocks.ts';
import { safeTexts } from './safe-text.ts';

/** The most characters that GitHub takes in a comment. */
const limit = 65_536;

/** The first line of the comment, which shows nothing and by which a later run finds it: one comment a scenario. */
export function commentMark(scenario: string): string {
  return `<!-- deployclock:${scenario.replace(/[^\w.-]/g, '-').replace(/-{2,}/g, '-')} -->`;
}

/** What a run of `deployclock ci` came to, as the body of a comment on the pull request. Ends with a line feed. */
export function renderCiComment(view: CiView): string {
  const mark = { text: commentMark(view.run.record.scenario.name), leftOutAs: null };
  return fitBlocks([mark, ...ciBlocks(safeTexts(view), '###')], limit, (text) => text.length);
}
