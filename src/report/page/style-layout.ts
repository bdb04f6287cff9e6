/** Type, space and tables. Figures are as wide as each other, so that columns of numbers line up. */
export const layout = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main, .page { max-width: 1080px; margin: 0 auto; padding: 0 32px; }
section { margin: 72px 0 0; }
h1, h2, h3, h4, p, ul, ol, dl, table, pre { margin: 0; }
h1 { font-size: clamp(26px, 3.3vw, 38px); line-height: 1.18; font-weight: 700; letter-spacing: -0.02em; max-width: 28em; text-wrap: balance; }
h1 .aside { color: var(--muted); font-weight: 400; font-size: 0.62em; letter-spacing: -0.005em; display: block; margin-top: 10px; line-height: 1.35; }
h2 { font-size: 24px; line-height: 1.25; font-weight: 680; letter-spacing: -0.012em; }
h3 { font-size: 18px; line-height: 1.35; font-weight: 650; }
h3 small, h4 small { font-weight: 400; color: var(--muted); font-size: 14px; }
h4 { font-size: 15px; font-weight: 650; }
.lede { color: var(--muted); max-width: 46em; margin-top: 8px; text-wrap: pretty; }
.minor { color: var(--muted); font-size: 14px; font-weight: 400; }
.none { color: var(--muted); margin-top: 16px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.eyebrow { color: var(--muted); font-size: 14px; margin-bottom: 20px; }
.brand { color: var(--accent); font-weight: 700; margin-right: 10px; }
.dot { opacity: 0.5; padding: 0 4px; }
.head { padding-top: 40px; }
.tone { font-size: 0.72em; margin-right: 0.35em; }
.better { color: var(--good); } .worse { color: var(--bad); } .same, .unsure { color: var(--muted); }
.bottleneck { background: var(--panel); border-radius: 14px; padding: 28px 32px; margin-top: 32px; border-left: 5px solid var(--accent); }
.bottleneck h2 { font-size: 14px; font-weight: 650; color: var(--accent); letter-spacing: 0; margin-bottom: 10px; }
.narrow + .waits { margin-top: 18px; padding-top: 16px; border-top: 1px solid var(--line); }
.who { color: var(--accent); font-weight: 650; margin-right: 4px; }
.dominating { font-size: 15px; max-width: 58em; } .main .dominating { font-size: 21px; line-height: 1.35; font-weight: 600; letter-spacing: -0.01em; max-width: 40em; }
.worth { color: var(--muted); font-size: 14px; margin-top: 4px; } .main .worth { font-size: 16px; margin-top: 8px; }
table { border-collapse: collapse; width: 100%; margin-top: 20px; font-size: 15px; }
caption { text-align: left; color: var(--muted); font-size: 13px; padding-bottom: 8px; }
th, td { text-align: left; vertical-align: top; padding: 10px 20px 10px 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--muted); font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 600; }
th:last-child, td:last-child { padding-right: 0; }
.num { text-align: right; white-space: nowrap; }
.source { color: var(--muted); font-size: 14px; display: block; min-width: 20em; }
.scroll { overflow-x: auto; border-radius: 4px; overflow-wrap: break-word; } .scroll table { min-width: 640px; }
.scorecard td { min-width: 7em; } .scorecard th[scope="row"] { font-size: 16px; padding-top: 16px; }
.scorecard td { padding-top: 14px; padding-bottom: 16px; }
.figure { font-size: 20px; font-weight: 650; letter-spacing: -0.01em; white-space: nowrap; margin-right: 10px; }
.grade { display: inline-flex; gap: 5px; align-items: baseline; border: 1px solid var(--line); border-radius: 6px; padding: 0 7px; font-size: 13px; line-height: 22px; vertical-align: 3px; white-space: nowrap; }
.grade-A { border-color: var(--good); color: var(--good); } .grade-D, .grade-E { border-color: var(--bad); color: var(--bad); }
.change { display: block; color: var(--muted); font-size: 13px; margin-top: 2px; }
.change.better { color: var(--good); } .change.worse { color: var(--bad); }
details { margin-top: 16px; } summary { cursor: pointer; color: var(--accent); font-size: 15px; }
summary h3 { display: inline; font-size: 16px; color: var(--ink); font-weight: 400; } summary b { font-weight: 650; }
details p { margin-top: 10px; max-width: 52em; font-size: 15px; }
summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; }
.kind { margin-top: 44px; } .pair { display: grid; grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr); gap: 40px; margin-top: 6px; }
.findings { list-style: none; padding: 0; font-size: 15px; } .findings li { margin-top: 12px; } .findings .minor { display: block; margin-top: 2px; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 6px 20px; margin-top: 16px; font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 7px; }
.notes { color: var(--muted); font-size: 14px; padding-left: 18px; max-width: 56em; margin-top: 20px; } .notes li { margin-top: 6px; }
.warning { border-left: 4px solid var(--bad); padding: 4px 0 4px 14px; margin-top: 16px; font-size: 15px; max-width: 54em; }
.facts { margin-top: 20px; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 48px; }
.facts div { display: grid; grid-template-columns: 9.5em minmax(0, 1fr); padding: 9px 0; border-bottom: 1px solid var(--line); font-size: 14px; }
dt { color: var(--muted); } dd { margin: 0; }
#machine ~ h3 { margin-top: 32px; }
pre { background: var(--panel); border-radius: 8px; padding: 14px 18px; margin-top: 12px; white-space: pre-wrap; font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.outcome { color: var(--bad); font-weight: 650; }
footer { color: var(--muted); font-size: 13px; padding: 64px 0 56px; }
`;
