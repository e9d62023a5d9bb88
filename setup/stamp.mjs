import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A stamp is a file beside a result that says from which inputs it was made; it is written last, so an unfinished result has none.
 * @param {string} file
 * @returns {Record<string, unknown> | undefined}
 */
export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {Record<string, unknown>} stamp */
export const writeStamp = (file, stamp) => writeFileSync(file, `${JSON.stringify(stamp)}\n`);

/** @param {string} file */
export const removeStamp = (file) => rmSync(file, { force: true });
