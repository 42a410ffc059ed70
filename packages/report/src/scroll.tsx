import type { ReactNode } from 'react';

/** What may be wider than the page: it scrolls by itself, also with the keyboard, and never the page. */
export const Scroll = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be within reach of the keyboard
  // biome-ignore lint/a11y/useSemanticElements: a region that scrolls is no section
  <div className="scroll" role="region" aria-label={name} tabIndex={0}>
    {children}
  </div>
);
