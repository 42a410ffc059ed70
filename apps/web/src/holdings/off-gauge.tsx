import { TOLERANCE_BPS } from '@wicker/core';
import type { BandPosition } from '../fund/band.ts';

/** {bps} to each side of the target */
const END = 2 * TOLERANCE_BPS;

/** The last bit of a bar under the glass: the target in the middle, the band of tolerance, and where the weight is. */
export const OffGauge = ({ band }: { readonly band: BandPosition }) => {
  const place = 0.5 + Math.min(END, Math.max(-END, band.offBps)) / (2 * END);
  return (
    <span className="off" aria-hidden="true">
      <span className="off-target" />
      <span className={`off-dot ${band.side}`} style={{ left: `${place * 100}%` }} />
    </span>
  );
};
