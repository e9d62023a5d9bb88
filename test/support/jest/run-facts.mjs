import { PLACE } from '../places.mjs';

/**
 * Adds the place, size and Node version to jest's results: `--json` writes them, and test/agreement reads them.
 * @param {object} results
 */
export default function withRan(results) {
  const size = process.env['SIZE'] === 'full' ? 'full' : 'quick';
  return { ...results, ran: { place: PLACE, size, node: process.versions.node } };
}
