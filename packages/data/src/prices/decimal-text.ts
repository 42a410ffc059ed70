const [ZERO, NINE, POINT] = [0x30, 0x39, 0x2e];
/** A mantissa of so many digits is an exact double, and so is a power of ten to 10^22: one division rounds once. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);

/**
 * The double nearest to a decimal number of ASCII bytes, the same that `Number` finds: up to 15 digits without making a string (Clinger,
 * "How to Read Floating Point Numbers Accurately", 1990), otherwise by `Number`. NaN for anything that is no decimal number.
 */
export const numberOf = (bytes: Uint8Array, start: number, end: number): number => {
  let [mantissa, digits, point] = [0, 0, -1];
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      digits += 1;
    } else if (byte === POINT && point < 0) point = at;
    else return byText(bytes, start, end);
  }
  if (digits === 0 || digits > EXACT_DIGITS || point === start || point === end - 1) return byText(bytes, start, end);
  return point < 0 ? mantissa : mantissa / (POWERS[end - point - 1] ?? Number.NaN);
};

const DECIMAL = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

const byText = (bytes: Uint8Array, start: number, end: number): number => {
  const text = textOf(bytes, start, end);
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
};

/** Bytes as text. */
export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
