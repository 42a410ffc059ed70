import { textOf } from './decimal-text.ts';

/** Numbers for names of bytes, without making a string for each occurrence. */
export class IdNames {
  /** In the order of their first occurrence. */
  readonly names: string[] = [];
  readonly #bytes: Uint8Array[] = [];
  #slots: Int32Array = new Int32Array(1024).fill(-1);

  /** The number of the name, or -1 when it is new. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#slots[this.#slotOf(bytes, start, end)] ?? -1;
  }

  /** Gives a new name its number. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const number = this.names.length;
    this.names.push(textOf(bytes, start, end));
    this.#bytes.push(bytes.slice(start, end));
    if (2 * number >= this.#slots.length) {
      this.#slots = new Int32Array(4 * this.#slots.length).fill(-1);
      for (const [i, known] of this.#bytes.entries()) this.#slots[this.#slotOf(known, 0, known.length)] = i;
    }
    this.#slots[this.#slotOf(bytes, start, end)] = number;
    return number;
  }

  /** Where the name is, or the free place where it belongs. */
  #slotOf(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let hash = 0x811c9dc5; // FNV-1a
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] ?? -1;
      if (number < 0 || this.#isSame(number, bytes, start, end)) return slot;
    }
  }

  #isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const name = this.#bytes[number];
    if (name === undefined || name.length !== end - start) return false;
    for (let i = 0; i < name.length; i += 1) if (name[i] !== bytes[start + i]) return false;
    return true;
  }
}
