/**
 * The look of all reports, in both themes and on paper. Series have a colour and a dash: nobody has to tell them by colour alone.
 * Colours after Okabe and Ito, "Color Universal Design" (2008), darkened or lightened until they have 3:1 to their background.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f5f7f9; --text: #16202a; --quiet: #52606d; --line: #d5dce3;
  --s0: #0069a8; --s1: #c24f00; --s2: #007a59; --s3: #a8457c; --s4: #8a6a00; --s5: #5b5bd6;
  --good: #007a59; --bad: #c24f00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10161c; --panel: #19222b; --text: #e8edf2; --quiet: #a7b3bf; --line: #33404c;
    --s0: #56b4e9; --s1: #ff9a52; --s2: #3ecfa3; --s3: #e89cc4; --s4: #e5c04b; --s5: #a5a5ff;
    --good: #3ecfa3; --bad: #ff9a52;
  }
}
@media print {
  :root {
    color-scheme: light;
    --ground: #ffffff; --panel: #ffffff; --text: #000000; --quiet: #333333; --line: #999999;
    --s0: #0069a8; --s1: #c24f00; --s2: #007a59; --s3: #a8457c; --s4: #8a6a00; --s5: #5b5bd6;
    --good: #007a59; --bad: #c24f00;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; text-wrap: balance; }
h1 span { white-space: nowrap; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: .5rem 0; max-width: 44rem; }
.quiet, figcaption { color: var(--quiet); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.facts div { display: flex; flex-direction: column; justify-content: space-between; }
.facts .long { grid-column: span 2; }
.facts dt { color: var(--quiet); font-size: .875rem; line-height: 1.25; }
.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: .25rem; contain: inline-size; }
caption span { display: inline-block; position: sticky; left: 0; width: max-content; max-width: min(44rem, 100vw - 2rem); }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th { font-weight: 600; }
thead th { color: var(--quiet); font-weight: 500; vertical-align: bottom; }
tbody th { font-weight: 500; white-space: nowrap; position: sticky; left: 0; background: var(--ground); }
.number { text-align: right; padding-right: 0; padding-left: .75rem; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
.number + .words { padding-left: 1rem; }
tbody .words { white-space: nowrap; }
tbody .long { min-width: 7rem; white-space: normal; overflow-wrap: anywhere; }
tbody .longer { min-width: 13rem; }
.heat { width: auto; border-collapse: separate; border-spacing: 2px; }
.heat th, .heat td { border: 0; }
.heat td.number { padding: .3rem .5rem; min-width: 4em; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.heat thead th.number { padding-right: .5rem; }
.heat tbody th { padding-right: .75rem; }
.heat .total { font-weight: 600; }
.heat .best { outline: 2px solid var(--text); outline-offset: -1px; font-weight: 700; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { margin: 1rem 0; }
figcaption { font-size: .9375rem; margin-bottom: .25rem; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
svg .name { fill: var(--text); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .area { opacity: .25; }
svg .axis { stroke: var(--quiet); stroke-width: 1; }
.narrow { display: none; }
@media (max-width: 40rem) { .narrow { display: block; } .wide { display: none; } }
@media print { .narrow { display: none; } .wide { display: block; } }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0 0; padding: 0; list-style: none; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.legend svg { width: 28px; height: 12px; flex: none; }
.legend .swatch { width: 12px; }
details { margin: .75rem 0; }
summary { cursor: pointer; font-weight: 500; }
:focus-visible { outline: 2px solid var(--s0); outline-offset: 2px; }
@media print {
  main { max-width: none; padding: 0; }
  body { font-size: 10.5pt; }
  figure, tr, h2, h3 { break-inside: avoid; }
  h2, h3, caption, thead { break-after: avoid; }
  table { font-size: 8pt; }
  figcaption, .legend { font-size: 9pt; }
  th, td { padding: .2rem .5rem .2rem 0; }
  .number { padding-left: .5rem; padding-right: 0; }
  .scroll { overflow: visible; }
  tbody th { position: static; }
  details::details-content { content-visibility: visible; }
}
`;
