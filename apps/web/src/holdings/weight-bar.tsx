import type { BandPosition } from '../fund/band.ts';

const at = (place: number): string => `${place * 100}%`;

/** A weight, its target and the band of tolerance around it. Decoration: the numbers stand beside it. */
export const WeightBar = ({ band }: { readonly band: BandPosition }) => (
  <span className="bar" aria-hidden="true">
    <span className="bar-band" style={{ left: at(band.bandFrom), width: at(band.bandTo - band.bandFrom) }} />
    <span className={`bar-fill ${band.outside ? band.side : ''}`} style={{ width: at(band.weight) }} />
    <span className="bar-target" style={{ left: at(band.target) }} />
  </span>
);
