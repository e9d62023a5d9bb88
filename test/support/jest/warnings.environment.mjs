import { TestEnvironment } from 'jest-environment-node';

const UNWANTED = new Set(['MaxListenersExceededWarning', 'DeprecationWarning']);

/**
 * Where a test runs. A warning of this process that it leaks listeners, or uses what Node will remove, fails the test during which
 * it came. (A rejection that nothing handles fails the test by jest itself.) Warnings about packages' own code do not count.
 */
export default class WarningsEnvironment extends TestEnvironment {
  /** @type {Error[]} */
  #warnings = [];
  #note = (/** @type {Error} */ warning) => {
    if (UNWANTED.has(warning.name) && !callerOf(warning).includes('/node_modules/')) this.#warnings.push(warning);
  };

  /** @override */
  async setup() {
    await super.setup();
    process.on('warning', this.#note);
  }

  /** @param {import('jest-circus').Circus.Event} event */
  async handleTestEvent(event) {
    if (event.name === 'test_done') event.test.errors.push(...this.#warnings.splice(0));
  }

  /** @override Another file of tests may follow in this process. */
  async teardown() {
    process.off('warning', this.#note);
    await super.teardown();
  }
}

/** The first line of a warning's stack that is not Node's own. @param {Error} warning */
function callerOf({ stack = '' }) {
  return stack.split('\n').find((line) => /^\s+at /.test(line) && !/node:/.test(line)) ?? '';
}
