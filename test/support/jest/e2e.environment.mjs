import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LOGS } from '../../../setup/checks/failures.mjs';
import { linesWithin } from './log-window.mjs';
import { troubleIn } from './trouble.mjs';
import WarningsEnvironment from './warnings.environment.mjs';

/** The shop has this time to give its logs, in milliseconds. */
const PATIENCE = 30_000;

/** How many characters of each log have been looked at, by the shop and the log's name: the files of a worker share a shop. */
const lookedAt = new Map();

/**
 * Where an end-to-end test runs. If one fails, what the pods logged meanwhile becomes one more message of the failure, so that
 * it is on the screen and in jest's report. Before a file's shop is disposed, all logs are looked at: an error that no process
 * of the shop has caught fails the last test of the file. `startShop` leaves the shop of the test file in `tuesdayShop`.
 */
export default class EndToEndEnvironment extends WarningsEnvironment {
  /** The end of the test before, or the start of the first: hooks belong to the test after them. */
  #from = 0;
  /** @type {import('jest-circus').Circus.TestEntry | undefined} */
  #last;

  /** @override @param {import('jest-circus').Circus.Event} event */
  async handleTestEvent(event) {
    await super.handleTestEvent(event);
    const shop = this.global['tuesdayShop'];
    if (event.name === 'run_start') {
      this.#from = Date.now();
      // What a shop that was there before has logged is no matter of this run.
      if (shop && shop.state === undefined) await newIn(shop);
    }
    if (event.name === 'test_done') await this.#tellOfFailure(event.test, shop);
    const isLast = event.name === 'hook_start' && event.hook.type === 'afterAll' && !event.hook.parent.parent;
    if (isLast && shop) await this.#look(shop);
  }

  /** @param {import('jest-circus').Circus.TestEntry} test @param {Shop | undefined} shop */
  async #tellOfFailure(test, shop) {
    this.#last = test;
    const window = { from: this.#from, to: Date.now() };
    this.#from = window.to;
    const text = test.errors.length > 0 && (await logsOf(shop, window));
    if (text) test.errors.push(failure(LOGS, text));
  }

  /** @param {Shop} shop */
  async #look(shop) {
    const found = (await newIn(shop)).flatMap(({ name, text }) => troubleIn(text).map((line) => `  ${name}: ${line}`));
    if (found.length > 0)
      this.#last?.errors.push(failure('A process of the shop has logged what no test may cause:', found.join('\n')));
  }

  /** A file that breaks before its first test runs no hook: what its shop has opened would keep the run from ending. */
  async teardown() {
    await this.global['tuesdayShop']?.[Symbol.asyncDispose]?.();
    await super.teardown();
  }
}

/** @typedef {import('../../../places/place.ts').Place & { state?: string }} Shop */

/** @param {string} heading @param {string} text */
function failure(heading, text) {
  const error = new Error(heading);
  error.stack = `${heading}\n${text}`;
  return error;
}

/**
 * What all logs of a shop have more than at the call before. A local shop also has those of pods that are gone, and its runner's.
 * @param {Shop} shop
 * @returns {Promise<{ name: string, text: string }[]>}
 */
async function newIn(shop) {
  const logs = shop.state === undefined ? await logsByPod(shop) : await logsInFolder(join(shop.state, 'logs'));
  return logs.map(({ name, text }) => {
    const key = `${shop.url} ${name}`;
    const known = lookedAt.get(key) ?? 0;
    lookedAt.set(key, text.length);
    // A log that has become shorter has begun anew.
    return { name, text: text.slice(known <= text.length ? known : 0) };
  });
}

/** Those of Envoy are not ours. @param {string} folder */
async function logsInFolder(folder) {
  const files = (await readdir(folder, { recursive: true }).catch(() => [])).filter(
    (file) => file.endsWith('.log') && !file.includes('istio-proxy.'),
  );
  const read = (/** @type {string} */ name) => readFile(join(folder, name), 'utf8').catch(() => '');
  return Promise.all(files.map(async (name) => ({ name, text: await read(name) })));
}

/** @param {Shop} shop */
async function logsByPod(shop) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, []).unref());
  /** @type {{ name: string }[]} */
  const pods = await Promise.race([shop.pods().catch(() => []), late]);
  const read = (/** @type {string} */ pod) => Promise.race([shop.logs(pod).catch(() => ''), late.then(() => '')]);
  return Promise.all(pods.map(async ({ name }) => ({ name, text: await read(name) })));
}

/**
 * @param {Shop | undefined} shop
 * @param {{ from: number, to: number }} window
 * @returns {Promise<string>} empty if no pod logged anything, or there is no shop
 */
async function logsOf(shop, window) {
  if (!shop) return '';
  return (await logsByPod(shop))
    .flatMap(({ name, text }) => {
      const lines = linesWithin(text, window);
      return lines.length > 0 ? [`  ${name}`, ...lines.map((line) => `    ${line}`)] : [];
    })
    .join('\n');
}
