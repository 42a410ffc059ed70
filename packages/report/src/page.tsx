import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { STYLE } from './style.ts';

/** What a report is: one page that needs nothing but itself. */
export interface Page {
  readonly title: string;
  readonly children: ReactNode;
}

/** No script, no font, no picture from anywhere: a report says the same wherever it is opened. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** {letters} of a word that has room on the narrowest phones */
const SHORT = 12;

/** A title whose dates and such words stay in one piece. */
const unbroken = (title: string): ReactNode =>
  title
    .split(/( )/)
    .map((word) => (word.includes('-') && word.length <= SHORT ? <span key={word}>{word}</span> : word));

/** The page as the text of an HTML file. The same report gives the same bytes. */
export const renderPage = ({ title, children }: Page): string => {
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta httpEquiv="Content-Security-Policy" content={POLICY} />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <h1>{unbroken(title)}</h1>
          {children}
        </main>
      </body>
    </html>,
  );
  return `<!doctype html>\n${markup}\n`;
};
