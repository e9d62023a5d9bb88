import { TestEnvironment } from 'jest-environment-node';
import { LOGS } from '../../../setup/checks/failures.mjs';
import { linesWithin } from './log-window.mjs';

/** The shop has this time to give its logs, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Where an end-to-end test runs. If one fails, what the pods logged meanwhile becomes one more message of the failure, so that
 * it is on the screen and in jest's report. `startShop` leaves the shop of the test file in `tuesdayShop`.
 */
export default class EndToEndEnvironment extends TestEnvironment {
  /** The end of the test before, or the start of the first: hooks belong to the test after them. */
  #from = 0;

  /** @param {import('jest-circus').Circus.Event} event */
  async handleTestEvent(event) {
    if (event.name === 'run_start') this.#from = Date.now();
    if (event.name !== 'test_done') return;
    const window = { from: this.#from, to: Date.now() };
    this.#from = window.to;
    const text = event.test.errors.length > 0 && (await logsOf(this.global['tuesdayShop'], window));
    if (!text) return;
    const logs = new Error(LOGS);
    logs.stack = `${LOGS}\n${text}`;
    event.test.errors.push(logs);
  }

  /** A file that breaks before its first test runs no hook: what its shop has opened would keep the run from ending. */
  async teardown() {
    await this.global['tuesdayShop']?.[Symbol.asyncDispose]?.();
    await super.teardown();
  }
}

/**
 * @param {import('../../../places/place.ts').Place | undefined} shop
 * @param {{ from: number, to: number }} window
 * @returns {Promise<string>} empty if no pod logged anything, or there is no shop
 */
async function logsOf(shop, window) {
  if (!shop) return '';
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, []).unref());
  /** @type {{ name: string }[]} */
  const pods = await Promise.race([shop.pods().catch(() => []), late]);
  const parts = await Promise.all(
    pods.map(async ({ name }) => {
      const log = await Promise.race([shop.logs(name).catch(() => ''), late.then(() => '')]);
      const lines = linesWithin(log, window);
      return lines.length > 0 ? [`  ${name}`, ...lines.map((line) => `    ${line}`)] : [];
    }),
  );
  return parts.flat().join('\n');
}
