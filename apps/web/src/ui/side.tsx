import type { Side } from '../fund/band.ts';

const SIGNS: Readonly<Record<Side, string>> = { over: '\u25B2', under: '\u25BC', at: '\u25CF' };

/** An arrow that says over or under; words stand beside it. */
export const SideSign = ({ side }: { readonly side: Side }) => (
  <span className={side === 'at' ? 'muted' : side} aria-hidden="true">
    {SIGNS[side]}{' '}
  </span>
);
