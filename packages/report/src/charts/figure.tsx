import type { ReactNode } from 'react';

/** {px} drawn twice, so that letters keep their size on a phone. */
const WIDE = 840;
const NARROW = 380;

export interface FigureProps {
  /** What the picture shows, and in which unit. */
  readonly caption: string;
  readonly legend?: ReactNode;
  /** Draws for a width {px}; the drawing carries its own name for those who do not see it. */
  readonly draw: (width: number) => ReactNode;
}

/** A chart with its caption: one drawing for wide pages and paper, one for narrow ones. */
export const Figure = ({ caption, legend, draw }: FigureProps) => (
  <figure>
    <figcaption>{caption}</figcaption>
    <div className="wide">{draw(WIDE)}</div>
    <div className="narrow">{draw(NARROW)}</div>
    {legend}
  </figure>
);
