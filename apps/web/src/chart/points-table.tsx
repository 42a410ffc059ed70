import { plain } from '../format/number.ts';
import { absoluteTime } from '../format/time.ts';
import { type ChartPoint, thinned } from './points.ts';

/** {rows} that a person reads through */
const ROWS = 40;

/** The chart for who reads rather than looks; newest first. */
export const PointsTable = ({ points }: { readonly points: readonly ChartPoint[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <section className="chart scroll" aria-label="Price history as a table" tabIndex={0}>
    <table className="plain-table">
      <caption>Price history</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col" className="number">
            Price, USDC
          </th>
          <th scope="col" className="number">
            NAV, USDC
          </th>
        </tr>
      </thead>
      <tbody>
        {[...thinned(points, ROWS)].reverse().map(({ at, price, nav }) => (
          <tr key={at}>
            <th scope="row">{absoluteTime(at)}</th>
            <td className="number">{plain(price, 4)}</td>
            <td className="number">{plain(nav, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
