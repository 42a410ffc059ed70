/** The text of some markup, as a reader sees it. */
export const textOf = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');

/** The cells of the table with a caption that begins so, its head first; undefined when the page has none. */
export const tableIn = (page: string, caption: string): string[][] | undefined => {
  const tables = page.match(/<table.*?<\/table>/gs) ?? [];
  const table = tables.find((one) => textOf(/<caption.*?<\/caption>/s.exec(one)?.[0] ?? '').startsWith(caption));
  return table
    ?.match(/<tr.*?<\/tr>/gs)
    ?.map((row) => (row.match(/<(td|th)\b.*?<\/\1>/gs) ?? []).map((cell) => textOf(cell)));
};
