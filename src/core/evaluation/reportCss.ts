import { drawingCss } from './drawingCss.js';

/** How the report looks: calm, one accent, the reader's own light or dark, narrow and wide, on paper. */
export const reportCss = `
:root { color-scheme: light dark; --ink: #1d2329; --quiet: #5d6873; --line: #d9dee3; --paper: #fff; --soft: #f5f7f9; --accent: #1264a3; --right: #1a7f4b; --wrong: #9a4b3c; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe4e8; --quiet: #98a3ad; --line: #333b43; --paper: #16191d; --soft: #1e2328; --accent: #6cb6f0; --right: #6fd09c; --wrong: #e39a8a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
main { max-width: 860px; margin: 0 auto; padding: 48px 24px 96px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 6px; font-weight: 600; letter-spacing: -0.01em; }
h2 { font-size: 13px; margin: 0 0 14px; font-weight: 600; color: var(--quiet); }
section { border-top: 1px solid var(--line); margin-top: 36px; padding-top: 22px; }
p, ul, dl { margin: 0 0 14px; }
ul { padding-left: 20px; }
.lead { font-size: 19px; line-height: 1.45; }
.quiet, .tick { color: var(--quiet); fill: var(--quiet); font-size: 13px; }
.scroll { overflow-x: auto; margin: 18px 0; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; font-weight: 500; color: var(--quiet); white-space: nowrap; }
th, td { padding: 6px 18px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
.figure { text-align: right; white-space: nowrap; }
th.figure { white-space: normal; }
thead th { vertical-align: bottom; }
td:first-child { white-space: nowrap; }
td.long { min-width: 240px; white-space: normal; overflow-wrap: anywhere; }
svg:not(.molecule) { width: 100%; max-width: 640px; height: auto; margin: 10px 0 4px; display: block; font-size: 13px; }
svg text { fill: var(--ink); }
svg .tick { font-size: 11px; fill: var(--quiet); }
svg line { stroke: var(--quiet); stroke-width: 2; stroke-linecap: round; }
svg line.grid { stroke: var(--line); stroke-width: 1; }
svg line.zero { stroke: var(--ink); stroke-width: 1; }
svg .vote { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.5; }
svg .own .vote { stroke: var(--accent); }
svg line.alone { stroke-width: 1.5; stroke-dasharray: 4 5; }
svg .curve { fill: none; stroke: var(--accent); stroke-width: 1.5; opacity: 0.7; }
svg circle { fill: var(--quiet); }
svg .own line { stroke: var(--accent); stroke-width: 3; }
svg .own circle { fill: var(--accent); }
svg .own text { font-weight: 600; }
svg circle.seed { opacity: 0.6; }
details { border-bottom: 1px solid var(--line); padding: 7px 0; }
summary { cursor: pointer; }
section > details > summary { padding-left: 84px; text-indent: -84px; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details p { margin: 8px 0 0 18px; }
.zone { display: inline-block; text-indent: 0; min-width: 62px; font-size: 12px; color: var(--quiet); }
.case { color: var(--quiet); }
.case b { color: var(--ink); }
.paper th[scope=row] { color: var(--ink); }
.paper .ours > * { font-weight: 600; color: var(--accent); }
.matrix details { border: 0; padding: 0; max-width: 340px; }
.matrix details[open] { min-width: min(320px, 70vw); }
.matrix td { white-space: nowrap; }
.matrix td:first-child { white-space: normal; min-width: 200px; overflow-wrap: anywhere; }
.matrix small { display: inline-block; max-width: 240px; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
.matrix small { color: var(--quiet); }
.right > span { color: var(--right); font-weight: 600; }
.wrong > span { color: var(--wrong); }
dl { display: grid; grid-template-columns: minmax(120px, 200px) 1fr; gap: 6px 20px; font-size: 13.5px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: 14px; overflow-x: auto; font-size: 12px; }
${drawingCss}@media (max-width: 560px) { main { padding: 28px 16px 64px; } svg:not(.molecule) { font-size: 19px; } svg .tick { font-size: 16px; } dl { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 8px; } }
@media print { main { max-width: none; padding: 0; } details { break-inside: avoid; } }
`;
