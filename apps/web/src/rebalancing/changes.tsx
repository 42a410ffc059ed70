import { plain, tokenAmount } from '../format/number.ts';
import type { Fund } from '../lib/fund.ts';
import { useKeeper, useOpenings, useRounds } from '../lib/keeper.ts';
import { useSite } from '../lib/site.tsx';
import { type BeforeAfter, type Story, tellRebalance } from '../story/story.ts';
import { Section } from '../ui/section.tsx';
import { Time } from '../ui/time.tsx';

const share = (weightBps: number | null): string => (weightBps === null ? 'unknown' : `${plain(weightBps / 100, 2)} %`);

const ChangeRow = ({ row }: { readonly row: BeforeAfter }) => {
  const { tokenOf } = useSite();
  const { symbol, decimals } = tokenOf(row.asset);
  const bought = row.moved > 0n;
  const size = bought ? row.moved : -row.moved;
  return (
    <tr>
      <th scope="row">
        <span className="strong">{symbol}</span>
      </th>
      <td className="number" data-label="Before">
        {share(row.before)}
      </td>
      <td className="number" data-label="After">
        {share(row.after)}
      </td>
      <td className="number" data-label="Target">
        {share(row.target)}
      </td>
      <td className="number nowrap" data-label="Moved">
        <span className={bought ? 'under' : 'over'}>{bought ? 'bought' : 'sold'}</span> {tokenAmount(size, decimals)}
      </td>
    </tr>
  );
};

const Details = ({ assets }: Pick<Story, 'assets'>) => (
  <details className="details">
    <summary>Before and after, asset by asset</summary>
    <table className="cards change-table">
      <caption>Before and after</caption>
      <thead>
        <tr>
          {['Asset', 'Before', 'After', 'Target', 'Moved'].map((label, i) => (
            <th key={label} scope="col" className={i === 0 ? undefined : 'number'}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {assets.map((row) => (
          <ChangeRow key={row.asset} row={row} />
        ))}
      </tbody>
    </table>
  </details>
);

/** What changed at the last rebalance, and why, in plain words. */
export const Changes = ({ fund }: { readonly fund: Fund }) => {
  const { symbolOf } = useSite();
  const keeper = useKeeper();
  const [opening] = useOpenings(fund.index) ?? [];
  const rounds = useRounds(fund.index) ?? [];
  const [last] = rounds;
  // A record may come before the fund was read anew.
  const current = last === undefined || last.at < fund.at;
  const story =
    opening &&
    tellRebalance({
      ...{ index: fund.index, nameOf: symbolOf, opening, rounds },
      driftBps: current ? fund.state?.driftBps : undefined,
    });
  return (
    <Section
      title="What changed last"
      aside={
        opening !== undefined && (
          <span className="small muted">
            Opened <Time at={opening.at} />
          </span>
        )
      }
    >
      {story === undefined ? (
        <p className="empty">
          {keeper === null
            ? 'No keeper tells this page what happened. The funds themselves need none.'
            : 'Nothing has been rebalanced yet: the fund has stayed near its targets.'}
        </p>
      ) : (
        <>
          <p className="story">{story.sentences.join(' ')}</p>
          {story.assets.length > 0 && <Details assets={story.assets} />}
        </>
      )}
    </Section>
  );
};
