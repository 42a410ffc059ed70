import { TOLERANCE_BPS } from '@wicker/core';
import { bps } from '../format/number.ts';
import { driftWords } from '../fund/band.ts';

/** {bps} where the gauge ends: what is beyond is drawn at its end and told in words */
const END = 2 * TOLERANCE_BPS;

/** How far the fund is from its targets, against how far it may be. */
export const DriftGauge = ({ driftBps }: { readonly driftBps: number }) => {
  const out = driftBps > TOLERANCE_BPS;
  const words = driftWords(driftBps);
  return (
    <div className="gauge">
      <p className="gauge-head">
        <span className="muted">Drift</span>{' '}
        <span className="gauge-value" data-testid="drift">
          {bps(driftBps)}
        </span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn alike in all browsers */}
      <div
        role="meter"
        aria-label="Drift"
        aria-valuemin={0}
        aria-valuemax={END}
        aria-valuenow={Math.min(END, driftBps)}
        aria-valuetext={`${bps(driftBps)} of ${TOLERANCE_BPS} bps allowed: ${words}`}
        className={out ? 'gauge-track out' : 'gauge-track'}
      >
        <div className="gauge-fill" style={{ width: `${(Math.min(END, driftBps) / END) * 100}%` }} />
        <div className="gauge-limit" />
      </div>
      <p className="gauge-scale small muted" aria-hidden="true">
        <span>0</span>
        <span>{TOLERANCE_BPS} allowed</span>
        <span>{END}</span>
      </p>
      <p className={out ? 'small over' : 'small muted'}>
        {out ? '\u25B2 ' : ''}
        {words}
      </p>
    </div>
  );
};
