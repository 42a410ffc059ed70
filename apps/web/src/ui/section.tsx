import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  /** What it shows, for who sees it the first time. */
  readonly about?: ReactNode;
  /** Beside the heading. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A card with a heading, which names it as a region. */
export const Section = ({ title, about, aside, children }: SectionProps) => {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <div className="card-title">
          <h2 id={id}>{title}</h2>
          {aside}
        </div>
        {about !== undefined && <p>{about}</p>}
      </div>
      {children}
    </section>
  );
};
