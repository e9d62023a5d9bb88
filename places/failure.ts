/** Ends a command: one sentence for the user, and the one command, or page, that mends it, where there is one. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly mend: string | undefined;

  constructor(what: string, mend?: string) {
    super(what);
    this.mend = mend;
  }
}
