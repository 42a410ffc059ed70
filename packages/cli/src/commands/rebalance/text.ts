import { BASIS_POINT, ONE, opensFrom } from '@wicker/core';
import { durationText, isDrifted, isOpen, mayOpen, reasonOf } from '@wicker/keeper/plan';
import { tokenIn } from '../../connect/tokens.ts';
import { money } from '../../index-text.ts';
import { formatTable } from '../../output.ts';
import type { EpochOutlook, Outlook, Pair, PlannedFill } from './outlook.ts';

type IndexState = Outlook['seen']['indices'][number];

/** Where an index stands: in tolerance, open, may open, or has to wait. */
const standingOf = (state: IndexState, now: bigint): string => {
  if (state.nav === 0n) return 'no asset of it has a price: not traded';
  if (isOpen(state, now)) {
    const { opening, openedAt, until } = state.epoch;
    return `in epoch ${opening}, open for ${durationText(now - openedAt)}, ends in ${durationText(until - now)}`;
  }
  if (mayOpen(state, now)) return `may open now: ${reasonOf(state)}`;
  if (!isDrifted(state)) return 'in tolerance';
  const from = opensFrom(state);
  if (now < from) return `out of tolerance; may open in ${durationText(from - now)}`;
  return 'out of tolerance, but too small or with too few live prices to open';
};

/** {1e18} factor -> `+40.0`, {bps} above or below the anchor, cut off */
const limitText = (limit: bigint): string => {
  const tenths = ((limit - ONE) * 10n) / BASIS_POINT;
  return `${tenths > 0n ? '+' : ''}${(Number(tenths) / 10).toFixed(1)}`;
};

const crossingText = ({ crossesIn }: Pair): string => {
  if (crossesIn === undefined) return 'not at these prices';
  return crossesIn === 0n ? 'now' : `in ${durationText(crossesIn)}`;
};

const fillText = ({ kind, route, costBps, value }: PlannedFill): string => {
  const cost = `costs about ${costBps.toFixed(1)} bps`;
  if (kind === 'cross') return `cross ${money(value, 0)} USDC between indices, ${cost}`;
  return `trade ${money(value, 0)} USDC over ${route.length} ${route.length === 1 ? 'pool' : 'pools'}, ${cost}`;
};

const planOf = ({ o, u, limit }: Pair, fills: readonly PlannedFill[]): string => {
  if (limit === undefined) return 'not traded: no live price';
  const own = fills.filter((fill) => fill.o === o && fill.u === u);
  const crossed = fills.filter((fill) => fill.kind === 'cross' && fill.o === u && fill.u === o);
  const all = [...own, ...crossed];
  return all.length === 0 ? 'waits' : all.map(fillText).join('; ');
};

const epochText = (epoch: EpochOutlook, { tokens }: Outlook): string => {
  const { opening, elapsed, pairs, fills } = epoch;
  const name = (asset: Pair['o']): string => tokenIn(tokens, asset).name;
  const told = new Set(pairs.map(({ o, u }) => `${o} ${u}`));
  const others = fills.filter(({ o, u }) => !told.has(`${o} ${u}`) && !told.has(`${u} ${o}`));
  const title =
    opening === 0n
      ? 'If an epoch is opened now:'
      : `Epoch ${opening}, whose clock has run for ${durationText(elapsed)}:`;
  const rows = pairs.map((pair) => [
    `${name(pair.o)} for ${name(pair.u)}`,
    money(pair.value, 0),
    pair.limit === undefined ? 'none' : limitText(pair.limit),
    crossingText(pair),
    planOf(pair, fills),
  ]);
  return [
    title,
    formatTable(['largest pairs', 'wanted USDC', 'limit, bps of anchor', 'may cross', 'now'], rows),
    ...others.map((fill) => `also: ${name(fill.o)} for ${name(fill.u)}: ${fillText(fill)}`),
  ].join('\n');
};

/** What could be done now, for people. */
export const outlookText = (outlook: Outlook): string => {
  const { seen, epochs, says } = outlook;
  const standing = formatTable(
    ['index', 'drift bps', 'NAV USDC', 'standing'],
    seen.indices.map((state) => [
      ...[state.name, state.driftBps.toFixed(1), money(state.nav, 0)],
      standingOf(state, seen.now),
    ]),
  );
  return [standing, ...epochs.map((epoch) => epochText(epoch, outlook)), says].join('\n\n');
};

/** The same for programs: amounts in smallest units, times in seconds. */
export const outlookJson = ({ seen, epochs, openable, says }: Outlook) => ({
  ...{ now: seen.now, says, openable },
  indices: seen.indices.map((state) => ({
    ...{ index: state.index, symbol: state.name, nav: state.nav, driftBps: state.driftBps },
    ...{ epoch: state.epoch.opening, until: state.epoch.until, opensFrom: opensFrom(state) },
    standing: standingOf(state, seen.now),
  })),
  epochs: epochs.map(({ opening, elapsed, indices, pairs, fills }) => ({
    ...{ opening: opening === 0n ? null : opening, elapsed, indices, fills },
    pairs: pairs.map(({ limit = null, crossesIn = null, ...pair }) => ({ ...pair, limit, crossesIn })),
  })),
});
