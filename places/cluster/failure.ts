/** Ends a command: one sentence that says what is missing, and the one command, or page, that mends it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly mend: string;

  constructor(what: string, mend: string) {
    super(what);
    this.mend = mend;
  }
}
