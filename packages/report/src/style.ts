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
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: .5rem 0; max-width: 44rem; }
.quiet, figcaption { color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 1rem 0; padding: 0; }
.facts div { display: flex; flex-direction: column; }
.facts dt { color: var(--quiet); font-size: .875rem; }
.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: .25rem; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th { font-weight: 600; }
thead th { color: var(--quiet); font-weight: 500; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 7rem; }
.number { text-align: right; padding-right: 0; padding-left: .75rem; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
.words { min-width: 7rem; }
figure { margin: 1rem 0; }
figcaption { font-size: .9375rem; margin-bottom: .25rem; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
svg .name { fill: var(--text); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--quiet); stroke-width: 1; }
.narrow { display: none; }
@media (max-width: 40rem) { .narrow { display: block; } .wide { display: none; } }
@media print { .narrow { display: none; } .wide { display: block; } }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0 0; padding: 0; list-style: none; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.legend svg { width: 28px; height: 12px; flex: none; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--quiet); }
:focus-visible { outline: 2px solid var(--s0); outline-offset: 2px; }
@media print {
  main { max-width: none; padding: 0; }
  body { font-size: 10.5pt; }
  figure, table, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
}
`;
