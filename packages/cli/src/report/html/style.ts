import { Html } from './html'

/** No colour carries a meaning of its own: results have patterns and words, too. */
export const STYLE = new Html(`
:root, :host {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #14171a);
  --card: light-dark(#ffffff, #1c2024);
  --line: light-dark(#dcd8ce, #3a4148);
  --ink: light-dark(#1d2226, #e8eaec);
  --quiet: light-dark(#5b636b, #a2abb4);
  --accent: light-dark(#0b5cad, #6db6ff);
  --good: light-dark(#16693a, #6fd89a);
  --bad: light-dark(#a3211b, #ff9d94);
  --warn: light-dark(#7a4b00, #f3bd5f);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
* { box-sizing: border-box; }
body, :host { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; line-height: 1.25; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
a { color: var(--accent); }
time { white-space: nowrap; }
code, pre { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .9em; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; margin: 0 0 .75rem; white-space: pre-wrap; }
.quiet { color: var(--quiet); }
.alert { border-left: 4px solid var(--warn); padding: .1rem .8rem; margin: 0 0 1rem; }
.alert p { margin: .4rem 0; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.totals li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; }
.totals strong { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.totals svg { width: .9em; height: .9em; vertical-align: -.08em; margin-right: .3em; }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .75rem; }
caption { text-align: left; color: var(--quiet); padding: 0 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .85rem; color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; min-width: 0; }
.where { min-width: 10rem; }
tbody th { min-width: 11rem; }
td { min-width: 6rem; }
.bar { display: block; width: 5rem; height: 6px; margin-top: .3rem; margin-left: auto; }
.bar rect { fill: var(--quiet); }
.chart { display: block; width: 100%; height: 9rem; }
.axis { display: flex; justify-content: space-between; gap: 1rem; color: var(--quiet); font-size: .85rem; margin-bottom: .5rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 0 0 .5rem; list-style: none; }
.legend svg { width: 1em; height: 1em; vertical-align: -.12em; margin-right: .35em; }
figure { margin: 0 0 .75rem; }
details { margin: 0 0 .75rem; }
summary { cursor: pointer; color: var(--accent); padding: .3rem 0; }
.delivered { fill: var(--good); }
.ignored { fill: var(--card); stroke: var(--quiet); stroke-width: 1; }
.hatch { stroke: var(--bad); stroke-width: 3; }
.hatch-paper, .dots-paper { fill: var(--card); }
.dots { fill: var(--warn); }
.rejected { fill: url(#hatch); stroke: var(--bad); stroke-width: 1; }
.retry { fill: url(#dots); stroke: var(--warn); stroke-width: 1; }
.patterns { position: absolute; width: 0; height: 0; }
@media (max-width: 44rem) {
  table, tbody, tr, th, td, caption { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: .4rem 0; }
  tbody tr:first-child { border-top: 0; }
  th, td { border: 0; padding: .15rem .8rem; }
  caption { padding: .4rem .8rem; }
  td[data-label]::before { content: attr(data-label) ': '; color: var(--quiet); }
  .number { text-align: left; width: auto; white-space: normal; }
  tbody th, td, .where { min-width: 0; }
  .bar { display: none; }
}
@media print { details > * { display: block; } table { break-inside: auto; } }
`)
