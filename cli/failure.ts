/** Ends a command with one sentence for the user. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** No runner listens on the socket. */
export class NotRunning extends Failure {
  constructor() {
    super('The shop is not running. Start it with: npm start');
  }
}
