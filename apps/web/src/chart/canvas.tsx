// The picture of the chart. Its library is loaded when the first chart is shown.
import {
  AreaSeries,
  ColorType,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineStyle,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef, useState } from 'react';
import { plain } from '../format/number.ts';
import { absoluteTime } from '../format/time.ts';
import { useTheme } from '../lib/theme.ts';
import type { ChartPoint, Shown } from './points.ts';

export interface CanvasProps {
  readonly points: readonly ChartPoint[];
  readonly shown: Shown;
  /** What the picture shows, in words. */
  readonly label: string;
  /** {s} when epochs were opened */
  readonly marks: readonly number[];
}

interface Drawn {
  readonly chart: IChartApi;
  readonly series: ISeriesApi<'Area'>;
  readonly markers: ISeriesMarkersPluginApi<Time>;
}

const places = (shown: Shown): number => (shown === 'price' ? 4 : 0);

/** The library counts times as branded numbers. */
const stamp = (at: number): UTCTimestamp => at as UTCTimestamp;

/** The colour behind `light-dark()`, as a canvas wants it. */
const colorOf = (element: HTMLElement, name: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const faded = (color: string, part: number): string => color.replace(/^rgb\((.*)\)$/, `rgba($1, ${part})`);

const paint = ({ chart, series }: Drawn, element: HTMLElement): void => {
  const [ink, line, accent, strong] = ['--ink-3', '--line', '--accent', '--line-strong'].map((name) =>
    colorOf(element, name),
  );
  if (!ink || !line || !accent || !strong) return;
  chart.applyOptions({
    layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: ink },
    grid: { horzLines: { color: line, style: LineStyle.Dotted } },
    crosshair: {
      vertLine: { color: strong, labelBackgroundColor: accent },
      horzLine: { color: strong, labelBackgroundColor: accent },
    },
  });
  series.applyOptions({
    ...{ lineColor: accent, topColor: faded(accent, 0.22), bottomColor: faded(accent, 0) },
    ...{ crosshairMarkerBackgroundColor: accent, priceLineColor: strong },
  });
};

const draw = (element: HTMLElement): Drawn => {
  const chart = createChart(element, {
    autoSize: true,
    layout: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontSize: 12, attributionLogo: false },
    grid: { vertLines: { visible: false } },
    crosshair: { mode: CrosshairMode.Magnet },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.14, bottom: 0.08 } },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      secondsVisible: false,
      fixLeftEdge: true,
      fixRightEdge: true,
    },
    localization: { locale: 'en-US', timeFormatter: (time: Time) => absoluteTime(Number(time)) },
    handleScroll: false,
    handleScale: false,
  });
  const series = chart.addSeries(AreaSeries, { lineWidth: 2, priceLineVisible: false, lastValueVisible: true });
  return { chart, series, markers: createSeriesMarkers(series, []) };
};

/** Each mark at the point that follows it, once. */
const marksOn = (points: readonly ChartPoint[], marks: readonly number[]): readonly number[] => {
  const [first] = points;
  const at = marks
    .filter((mark) => first !== undefined && mark >= first.at)
    .flatMap((mark) => points.find((point) => point.at >= mark)?.at ?? []);
  return [...new Set(at)].sort((a, b) => a - b);
};

export const Canvas = ({ points, shown, label, marks }: CanvasProps) => {
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  const [pointed, setPointed] = useState<ChartPoint>();

  useEffect(() => {
    if (host.current === null) return;
    const made = draw(host.current);
    drawn.current = made;
    return () => {
      made.chart.remove();
      drawn.current = undefined;
    };
  }, []);

  useEffect(() => {
    if (drawn.current !== undefined && host.current !== null) paint(drawn.current, host.current);
  }, [theme]);

  const markKey = marks.join();
  useEffect(() => {
    const { chart, series, markers } = drawn.current ?? {};
    if (chart === undefined || series === undefined || markers === undefined || host.current === null) return;
    series.applyOptions({
      priceFormat: {
        type: 'custom',
        minMove: shown === 'price' ? 0.0001 : 1,
        formatter: (value: number) => plain(value, places(shown)),
      },
    });
    series.setData(points.map((point) => ({ time: stamp(point.at), value: point[shown] })));
    const color = colorOf(host.current, '--over-fill');
    markers.setMarkers(
      marksOn(points, marks).map((at) => ({
        time: stamp(at),
        position: 'aboveBar',
        shape: 'circle',
        color,
        size: 0.8,
      })),
    );
    chart.timeScale().fitContent();
    const follow = (param: { time?: Time }): void => setPointed(points.find(({ at }) => at === param.time));
    chart.subscribeCrosshairMove(follow);
    return () => chart.unsubscribeCrosshairMove(follow);
  }, [points, shown, markKey, theme]);

  return (
    <div className="chart-wrap">
      <p className="chart-legend small" aria-hidden="true">
        {pointed === undefined ? (
          <span className="muted">Point at the chart to read a value</span>
        ) : (
          <>
            <span className="strong">{plain(pointed[shown], places(shown))} USDC</span>{' '}
            <span className="muted">{absoluteTime(pointed.at)}</span>
          </>
        )}
      </p>
      <div ref={host} className="chart" role="img" aria-label={label} />
    </div>
  );
};
