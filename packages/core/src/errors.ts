/** What every error of Wicker carries: a stable code for programs, a message for people, and a hint that says what to do. */
export class WickerError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.hint = hint;
  }
}

/** The caller's input is wrong; commands exit with 2. */
export class InputError extends WickerError {}
