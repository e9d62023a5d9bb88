import { PLACE } from '../places.mjs';

/**
 * Notes in jest's results where and how they came about: `--json` writes that too, and test/agreement reads it.
 * @param {object} results
 */
export default function withRan(results) {
  const size = process.env['SIZE'] === 'full' ? 'full' : 'quick';
  return { ...results, ran: { place: PLACE, size, node: process.versions.node } };
}
