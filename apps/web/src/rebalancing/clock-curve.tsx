import type { PairClock } from '../clock/clock-view.ts';
import { plain } from '../format/number.ts';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [360, 168, 40, 26, 12];

export interface ClockCurveProps {
  readonly clock: PairClock;
  /** {min} since the opening */
  readonly minute: number;
  readonly label: string;
}

/** The limit over the minutes of an epoch, where it stands now, and where it meets the anchor. */
export const ClockCurve = ({ clock, minute, label }: ClockCurveProps) => {
  const { curve, startBps, limitBps, floorBps } = clock;
  const last = curve.at(-1)?.minute ?? 1;
  const lowest = Math.min(0, floorBps, limitBps);
  const [top, bottom] = [Math.max(startBps, limitBps, 0) + 10, lowest - 15];
  const x = (at: number): number => LEFT + (Math.min(at, last) / last) * (WIDTH - LEFT - 8);
  const y = (bps: number): number => TOP + ((top - bps) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  const path = curve.map(({ minute: at, bps }, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(bps).toFixed(1)}`);
  const passed = curve.filter(({ minute: at }) => at <= minute);
  const done = [
    ...passed.map(({ minute: at, bps }) => `L${x(at).toFixed(1)} ${y(bps).toFixed(1)}`),
    `L${x(minute).toFixed(1)} ${y(limitBps).toFixed(1)}`,
  ];
  const ticks = [0, Math.round(last / 2), last];
  const levels = [startBps, 0, floorBps].filter(
    (level, i, all) => all.findIndex((other) => Math.abs(y(other) - y(level)) < 12) === i,
  );
  return (
    <svg className="clock" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {levels.map((level) => (
        <g key={level}>
          <line x1={LEFT} x2={WIDTH - 8} y1={y(level)} y2={y(level)} className={level === 0 ? 'axis anchor' : 'axis'} />
          <text x={LEFT - 6} y={y(level) + 4} textAnchor="end">
            {level > 0 ? '+' : ''}
            {plain(level, 0)}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text
          key={tick}
          x={x(tick)}
          y={HEIGHT - 8}
          textAnchor={tick === last ? 'end' : tick === 0 ? 'start' : 'middle'}
        >
          {tick} min
        </text>
      ))}
      <path d={path.join('')} className="curve" />
      <path d={done.join('').replace('L', 'M')} className="curve done" />
      <circle cx={x(minute)} cy={y(limitBps)} r="5.5" className="now" />
    </svg>
  );
};
