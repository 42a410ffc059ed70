import { Chart } from './chart/chart.tsx';
import { Claims } from './claims/claims.tsx';
import { Fills } from './fills/fills.tsx';
import { Banners } from './header/banners.tsx';
import { Header } from './header/header.tsx';
import { Holdings } from './holdings/holdings.tsx';
import { Invest } from './invest/invest.tsx';
import { YourPosition } from './invest/your-position.tsx';
import { Keeper } from './keeper/keeper.tsx';
import { type Fund, useFund } from './lib/fund.ts';
import { useHead, useNow } from './lib/head.tsx';
import { useOwned } from './lib/owner.ts';
import { usePoints } from './lib/points.ts';
import { useRoute } from './lib/route.ts';
import { useSite } from './lib/site.tsx';
import { useStickyTop } from './lib/sticky.ts';
import { Overview } from './overview/overview.tsx';
import { Changes } from './rebalancing/changes.tsx';
import { Rebalancing } from './rebalancing/rebalancing.tsx';
import { problemOf } from './trade/problem.ts';

interface IndexInfo {
  readonly symbol: string;
  readonly name: string;
}

const FundView = ({ fund, info }: { readonly fund: Fund; readonly info: IndexInfo }) => {
  const owned = useOwned(fund);
  const points = usePoints(fund);
  const side = useStickyTop<HTMLElement>();
  return (
    <main id="content" className="page" tabIndex={-1}>
      <div className="lead">
        <Overview fund={fund} name={info.name} symbol={info.symbol} points={points} />
        <Chart index={fund.index} points={points} symbol={info.symbol} />
      </div>
      <aside ref={side} className="side" aria-label="Invest">
        <Invest key={fund.index} fund={fund} owned={owned} symbol={info.symbol} />
        <YourPosition fund={fund} owned={owned} symbol={info.symbol} />
        <Claims owned={owned} />
        <Keeper />
      </aside>
      <div className="rest">
        <Holdings fund={fund} />
        <Rebalancing fund={fund} symbol={info.symbol} />
        <Changes fund={fund} />
        <Fills index={fund.index} />
      </div>
    </main>
  );
};

/** @param error why the fund could not be read; null while it is being read */
const Waiting = ({ error }: { readonly error: unknown }) => {
  const { config } = useSite();
  const { gone } = useHead();
  if (!gone && error !== null) {
    const { title, hint } = problemOf(error, config.chainName);
    return (
      <main id="content" className="splash" tabIndex={-1}>
        <div role="alert" className="problem">
          <p className="strong">The fund could not be read; the page tries again with every block.</p>
          <p>
            {title} {hint}
          </p>
        </div>
      </main>
    );
  }
  return (
    <main id="content" className="splash" tabIndex={-1}>
      <p role="status">{gone ? 'Waiting for the chain' : 'Reading the fund from the chain'}</p>
    </main>
  );
};

/** A fund: what it is worth, holds and does, and how to take part. */
export const FundPage = () => {
  const { indices } = useSite().config;
  const info = useRoute(indices);
  if (info === undefined) {
    return (
      <main className="splash">
        <p>There is no index fund on this platform yet.</p>
      </main>
    );
  }
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Header symbol={info.symbol} />
      <Banners />
      <IndexView key={info.address} info={info} />
      <footer className="footer">
        <p>Every number about the fund is read from the chain by this browser; times are the chain's, in UTC.</p>
        <p>
          Charts are drawn by{' '}
          <a href="https://www.tradingview.com/" rel="noreferrer" target="_blank">
            TradingView Lightweight Charts
          </a>
          .
        </p>
      </footer>
    </>
  );
};

const IndexView = ({ info }: { readonly info: IndexInfo & { readonly address: `0x${string}` } }) => {
  const { data: fund, error } = useFund(info.address, useNow());
  return fund === undefined ? <Waiting error={error} /> : <FundView fund={fund} info={info} />;
};
