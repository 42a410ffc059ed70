import { readFileSync } from 'node:fs';
import { parseScenario, resultJson, simulate } from '/work/main/packages/simulate/src/index.ts';

const t0 = performance.now();
const sc = parseScenario(JSON.parse(readFileSync(process.argv[2]!, 'utf8')));
const r = simulate(sc);
const ms = performance.now() - t0;
for (const p of r.policies) {
  const c = p.costs;
  console.log(
    p.policy.name.padEnd(20),
    'vol pools/stock/x',
    [p.volume.pools, p.volume.stock, p.volume.crossed].map((v) => (Number(v) / 1e12).toFixed(2) + 'M').join(' '),
    'total',
    c.total.mean.toFixed(1),
    '±',
    c.total.within.toFixed(1),
    'fees',
    c.poolFees.mean.toFixed(1),
    'imp',
    c.impact.mean.toFixed(1),
    'beyond',
    c.beyond.mean.toFixed(1),
    '±',
    c.beyond.within.toFixed(1),
    'lag',
    c.lag.mean.toFixed(1),
    'worst',
    c.worst.toFixed(0),
    'worstDay',
    c.worstDay.toFixed(1),
    'meanDay',
    c.meanDay.mean.toFixed(2),
    'drift',
    p.drift.mean.toFixed(1),
    'epochs',
    p.epochs.opened,
    p.epochs.reached.mean.toFixed(2),
    p.epochs.minutes.mean.toFixed(0) + 'min',
    JSON.stringify(p.counts),
  );
  const g = new Map<string, bigint>();
  for (const x of p.gains) g.set(x.group, (g.get(x.group) ?? 0n) + x.gain);
  console.log(
    '   ',
    [...g].map(([k, v]) => k + ' ' + (Number(v) / 1e6).toFixed(0)).join(' | '),
    'sum',
    [...g.values()].reduce((a, b) => a + b, 0n),
  );
}
console.log(
  r.agentDays,
  'agent-days in',
  ms.toFixed(0),
  'ms:',
  ((r.agentDays / ms) * 1000).toFixed(0),
  '/s',
  resultJson(r).length,
);
