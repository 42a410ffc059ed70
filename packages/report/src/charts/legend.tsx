import { lookOf } from './series.ts';

export interface LegendProps {
  readonly names: readonly string[];
  /** Lines are told by their dash as well, bars by their order. */
  readonly mark: 'line' | 'bar';
}

/** The names of the series, in their order. */
export const Legend = ({ names, mark }: LegendProps) => (
  <ul className="legend">
    {names.map((name, place) => {
      const { colour, dash } = lookOf(place);
      return (
        <li key={name}>
          {mark === 'line' ? (
            <svg viewBox="0 0 28 12" aria-hidden="true">
              <line x1="0" x2="28" y1="6" y2="6" stroke={colour} strokeWidth="2.5" strokeDasharray={dash} />
            </svg>
          ) : (
            <svg className="swatch" viewBox="0 0 12 12" aria-hidden="true">
              <rect width="12" height="12" fill={colour} />
            </svg>
          )}
          {name}
        </li>
      );
    })}
  </ul>
);
