/** Charts, waterfalls and layers. */
export const charts = `
.chart { display: block; width: 100%; height: auto; margin-top: 12px; overflow: visible; font-family: inherit; }
.kind .wide { max-width: 720px; } .narrow { display: none; }
.waterfall { margin-top: 14px; font-size: 13px; }
.wf-row { display: grid; grid-template-columns: 21em minmax(0, 1fr) 5.2em; gap: 14px; align-items: center; }
.wf-track { display: block; overflow: visible; } .wf-track .lead { stroke-width: 2; stroke: inherit; opacity: 0.55; }
.wf-axis text { fill: var(--muted); font-size: 11px; text-anchor: middle; } .wf-axis .first { text-anchor: start; } .wf-axis .last { text-anchor: end; }
.wf-phase { margin: 0; padding: 10px 0 4px; border-top: 1px solid var(--line); }
.wf-head h4 { font-size: 14px; } .wf-head h4 small { font-size: 12px; display: block; }
.wf-figure { text-align: right; white-space: nowrap; color: var(--muted); } .wf-head .wf-figure { color: var(--ink); font-weight: 650; }
.wf-phase ol { list-style: none; padding: 0; margin: 4px 0 6px; } .wf-phase li { padding: 1px 0; }
.wf-label { position: relative; font: 12px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding-left: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.wf-lane { color: var(--muted); font-size: 12px; padding: 6px 0 2px 14px !important; }
.critical .wf-label, .critical-word { font-weight: 700; } .critical .wf-figure { color: var(--ink); font-weight: 650; } .critical-word { color: var(--ink); text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; }
.cached .wf-label { color: var(--muted); }
rect.aside { opacity: 0.55; } rect.mark { fill: var(--ink); } rect.pale { fill: var(--line); } rect.pale-mark { fill: var(--join); }
.wf-row:hover > .wf-label { text-decoration: underline; text-decoration-color: var(--join); }
.deploy { border-top: 1px solid var(--line); padding-top: 14px; margin-top: 18px; }
.cards { display: grid; gap: 44px; margin-top: 18px; }
.card table { font-size: 13px; margin-top: 18px; } .card p { margin-top: 4px; font-size: 14px; }
.compact th, .compact td { padding: 5px 12px 5px 0; } .compact tbody th { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; } .compact .cached th, .compact .cached td { color: var(--muted); }
.compact .ends th { font-weight: 700; } .break { color: var(--bad); } .stage { color: var(--muted); }
.percent { display: inline-block; min-width: 3.2em; }
.share { margin-right: 8px; } .share rect { fill: var(--line); } .share .part { fill: var(--accent); }
.strip { display: block; margin-top: 12px; } .strip .moved { fill: var(--accent); } .strip .stayed { fill: var(--panel); stroke: var(--join); }
@media (max-width: 720px) {
  main, .page { padding: 0 18px; } section { margin-top: 52px; } .head { padding-top: 24px; } .eyebrow { margin-bottom: 14px; }
  .wide { display: none; } .narrow { display: block; }
  .bottleneck { padding: 20px; } .main .dominating { font-size: 19px; } .pair { grid-template-columns: minmax(0, 1fr); gap: 8px; }
  .facts { grid-template-columns: minmax(0, 1fr); } .facts div { grid-template-columns: 7.5em minmax(0, 1fr); }
  .wf-row { grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; } .wf-row > .wf-track { grid-row: 2; grid-column: 1 / -1; } .wf-axis > span { display: none; } .wf-phase li { padding: 3px 0; }
  .wf-label { padding-left: 0; } .wf-lane { padding-left: 0 !important; }
  .compact thead { display: none; } .compact tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 8px; padding: 7px 0; border-bottom: 1px solid var(--line); } .compact th, .compact td { border: 0; padding: 0; text-align: left; } .compact th, .compact td[colspan] { grid-column: 1 / -1; } .compact td:empty { display: none; } .compact td::before { content: attr(data-label) " "; color: var(--muted); font-size: 12px; }
  .scorecard thead { display: none; } .scorecard tr { display: block; padding: 14px 0; border-bottom: 1px solid var(--line); }
  .scorecard th[scope="row"] { display: block; border: 0; padding: 0 0 6px; } .scorecard td { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 0 10px; align-items: baseline; border: 0; padding: 5px 0; }
  .scorecard td::before { content: attr(data-label); color: var(--muted); font-size: 14px; } .scorecard .figure { margin: 0; font-size: 17px; } .scorecard .change { grid-column: 1 / -1; text-align: right; }
}
@media print {
  details::details-content { content-visibility: visible; block-size: auto; }
  :root { --paper: #ffffff; --panel: #ffffff; --ink: #000000; --muted: #444444; --line: #cccccc; --accent: #0b5fa5; --good: #00664b; --bad: #a83c00; --join: #8a929c; }
  body { font-size: 11pt; } section { margin-top: 28pt; } .bottleneck { border: 1px solid var(--line); }
  article, .waits, tr, .wf-row { break-inside: avoid; } h2, h3, h4, summary { break-after: avoid; }
}
`;
