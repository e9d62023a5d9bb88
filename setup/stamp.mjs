import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A stamp lies beside what was made and says from what; it is written last, so a half-made thing has none.
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
