import type { RunFolder } from '../../results/run-folder.ts';
import type { Comparison } from '../../verdict/comparison.ts';
import { safeTexts } from '../safe-text.ts';
import { certaintySection } from './certainty-section.ts';
import { headSection } from './head-section.ts';
import { clip, html, type Markup, trusted } from './html.ts';
import { layersSection } from './layers-section.ts';
import { machineSection } from './machine-section.ts';
import { scorecardSection } from './scorecard-section.ts';
import { charts } from './style-charts.ts';
import { colours } from './style-colours.ts';
import { layout } from './style-layout.ts';
import { timeSection } from './time-section.ts';
import { pageView } from './view.ts';
import { waterfallSection } from './waterfall-section.ts';

/** Nothing is loaded and nothing runs: the page is text, styles and drawings in one file. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The scorecard as one self-contained HTML document, which opens from disk without a network. The same folder gives the same bytes. Texts of
 * the run are made safe first and escaped where they are put in.
 */
export function renderPage(run: RunFolder, comparison: Comparison): string {
  const view = pageView(safeTexts(run), safeTexts(comparison));
  const { record } = view.run;
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="deployclock ${record.tool.version}">
<title>${clip(record.scenario.name, 80)}: deploy scorecard</title>
<style>${trusted(`${colours}${layout}${charts}`)}</style>
</head>
<body>
${patterns}
<main>
${headSection(view)}
${scorecardSection(view)}
${timeSection(view)}
${waterfallSection(view)}
${layersSection(view)}
${certaintySection(view)}
${machineSection(view)}
</main>
<footer class="page">Made by deployclock ${record.tool.version} from the folder of run ${clip(record.id, 60)} alone.
What was not measured is missing here, and never 0.</footer>
</body>
</html>
`;
  return page.markup;
}

/** Fills that charts share. It has no size, and is not hidden otherwise: what is hidden fills nothing. */
const patterns: Markup = html`<svg width="0" height="0" class="sr" aria-hidden="true"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="var(--panel)"/><rect width="2.5" height="6" fill="var(--muted)"/>
</pattern></defs></svg>`;
