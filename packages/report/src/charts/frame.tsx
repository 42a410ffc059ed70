import type { ReactNode } from 'react';
import { roomFor } from './letters.ts';

/** A mark of an axis: its text, and where it stands {px}. */
export interface Mark {
  readonly at: number;
  readonly text: string;
}

/** {px} the edges of what is drawn. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface FrameProps {
  /** What is seen, in words, for those who do not see it. */
  readonly label: string;
  /** {px} */
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  /** Marks with lines across, at the left. */
  readonly up: readonly Mark[];
  /** Marks along the bottom; those without a text, and those that would touch the one before, are left out. */
  readonly along: readonly Mark[];
  /** What the bottom counts, where the marks do not say it. */
  readonly name?: string;
  readonly children: ReactNode;
}

/** {px} between two marks */
const BETWEEN = 14;
/** {px} from the bottom of the box to the foot of its marks */
const BELOW = 18;

/** {px} where a mark begins: beside its place, but within the drawing. */
const beginOf = ({ at, text }: Mark, width: number): number => {
  const room = roomFor([text]);
  return Math.max(0, Math.min(at - room / 2, width - room));
};

/** The marks that have room, from the left. */
const apart = (marks: readonly Mark[], width: number): readonly (Mark & { readonly begin: number })[] => {
  let end = Number.NEGATIVE_INFINITY;
  return marks.flatMap((mark) => {
    const begin = beginOf(mark, width);
    if (mark.text === '' || begin < end + BETWEEN) return [];
    end = begin + roomFor([mark.text]);
    return [{ ...mark, begin }];
  });
};

/** The axes of a chart, around what it draws. */
export const Frame = ({ label, width, height, box, up, along, name, children }: FrameProps) => (
  <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
    {up.map(({ at, text }) => (
      <g key={at}>
        <line className="grid" x1={box.left} x2={box.right} y1={at} y2={at} />
        <text x={box.left - 8} y={at} dy="0.32em" textAnchor="end">
          {text}
        </text>
      </g>
    ))}
    {apart(along, width).map(({ at, begin, text }) => (
      <g key={at}>
        <line className="grid" x1={at} x2={at} y1={box.bottom} y2={box.bottom + 4} />
        <text x={begin + roomFor([text]) / 2} y={box.bottom + BELOW} textAnchor="middle">
          {text}
        </text>
      </g>
    ))}
    {name !== undefined && (
      <text x={box.right} y={height - 4} textAnchor="end">
        {name}
      </text>
    )}
    {children}
  </svg>
);

/** {px} The edges for marks of these texts at the left: they take what room they need. */
export const boxOf = (
  { width, height }: { readonly width: number; readonly height: number },
  up: readonly string[],
  below = 28,
): Box => ({ left: roomFor(up) + 12, right: width - 4, top: 10, bottom: height - below });
