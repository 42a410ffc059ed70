const [QUOTE, COMMA, CR, LF] = [0x22, 0x2c, 0x0d, 0x0a];

/**
 * Walks over the fields of a CSV text (RFC 4180; lines end in CR LF or LF), without making a string of any. After `next` the field is
 * `bytes[start..end)`; `isLast` when its row ends with it.
 */
export class CsvFields {
  /** The text, or the content of a field with doubled quotes. */
  bytes: Uint8Array;
  start = 0;
  end = 0;
  isLast = false;
  /** Line of the field, from 1. */
  line = 1;
  /** False after a field whose quotes are not closed, or stand in the middle of it. */
  isSound = true;
  readonly #text: Uint8Array;
  #at: number;
  #linesAhead = 0;

  constructor(text: Uint8Array) {
    const hasMark = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
    this.#text = text;
    this.bytes = text;
    this.#at = hasMark ? 3 : 0;
  }

  /** Skips empty lines; whether there is another row. To be asked before the first field of each. */
  hasRow(): boolean {
    const text = this.#text;
    this.line += this.#linesAhead;
    this.#linesAhead = 0;
    while (text[this.#at] === LF || (text[this.#at] === CR && text[this.#at + 1] === LF)) {
      this.#at += text[this.#at] === LF ? 1 : 2;
      this.line += 1;
    }
    return this.#at < text.length;
  }

  next(): void {
    const text = this.#text;
    let at = this.#at;
    this.bytes = text;
    this.isSound = true;
    if (text[at] === QUOTE) {
      at = this.#quoted(at + 1);
    } else {
      this.start = at;
      let byte = text[at];
      while (byte !== COMMA && byte !== LF && byte !== undefined) {
        at += 1;
        byte = text[at];
      }
      this.end = byte !== COMMA && text[at - 1] === CR && at > this.start ? at - 1 : at;
    }
    this.isLast = text[at] !== COMMA;
    if (text[at] === LF) this.#linesAhead += 1;
    this.#at = at + 1;
  }

  /** A field from behind its opening quote; gives the place of the comma or line end after it. */
  #quoted(from: number): number {
    const text = this.#text;
    let at = from;
    let doubled = false;
    for (;;) {
      const byte = text[at];
      if (byte === undefined) break;
      if (byte === LF) this.#linesAhead += 1;
      if (byte === QUOTE) {
        if (text[at + 1] !== QUOTE) break;
        doubled = true;
        at += 1;
      }
      at += 1;
    }
    [this.start, this.end] = [from, at];
    if (doubled) this.#undouble();
    let after = at + 1;
    if (text[after] === CR) after += 1;
    this.isSound = text[at] === QUOTE && (text[after] === COMMA || text[after] === LF || after >= text.length);
    while (!this.isSound && text[after] !== undefined && text[after] !== COMMA && text[after] !== LF) after += 1;
    return after;
  }

  #undouble(): void {
    const content = this.#text.slice(this.start, this.end);
    this.bytes = content.filter((byte, i) => byte !== QUOTE || !isSecondQuote(content, i));
    [this.start, this.end] = [0, this.bytes.length];
  }
}

/** Whether the quote at `i` is the second of a pair. */
const isSecondQuote = (content: Uint8Array, i: number): boolean => {
  let before = 0;
  while (content[i - 1 - before] === QUOTE) before += 1;
  return before % 2 === 1;
};
