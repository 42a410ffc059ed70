import { line } from 'd3-shape';
import { lookOf } from './series.ts';
import { type Place, thin } from './thin.ts';

export interface LinesProps {
  /** Each with its points in the drawing. */
  readonly series: readonly { readonly name: string; readonly places: readonly Place[] }[];
}

/** The path through points {px}. */
export const pathOf = (places: readonly Place[]): string => line<Place>().digits(1)(thin(places)) ?? '';

/** The lines of a chart; the first one over the others. */
export const Lines = ({ series }: LinesProps) =>
  series
    .map(({ name, places }, place) => {
      const { colour, dash } = lookOf(place);
      return (
        <path key={name} className="line" d={pathOf(places)} stroke={colour} strokeDasharray={dash}>
          <title>{name}</title>
        </path>
      );
    })
    .reverse();
