import type { ReactNode } from 'react';

export interface CollapsedProps {
  /** What is within, with its number. */
  readonly title: string;
  readonly children: ReactNode;
}

/** What few readers want to see at once; on paper it is open. */
export const Collapsed = ({ title, children }: CollapsedProps) => (
  <details>
    <summary>{title}</summary>
    {children}
  </details>
);
