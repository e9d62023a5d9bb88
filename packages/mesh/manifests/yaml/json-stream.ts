import { MOST_DOCUMENTS } from './limits.ts';
import type { Fail } from './tokens.ts';

/** A part of a text, and where it begins there. */
interface Part {
  text: string;
  start: number;
}

/**
 * The JSON objects that stand one after the other in a text, as `kubectl` reads them. The text itself where it is anything else,
 * such as YAML or one object.
 */
export function jsonObjects(text: string, fail: Fail): Part[] {
  const whole = [{ text, start: 0 }];
  if (!/^\s*\{/.test(text)) return whole;
  const ends = endsOfObjects(text);
  if (ends.length > MOST_DOCUMENTS) fail(ends[MOST_DOCUMENTS] ?? 0, `has more than ${MOST_DOCUMENTS} documents`);
  const starts = [0, ...ends.slice(0, -1)];
  // What stands between objects, or after the last one, must be blank.
  const parts = starts.map((start, index) => ({ text: text.slice(start, ends[index]), start }));
  const isStream =
    ends.length > 1 && parts.every((part) => /^\s*\{/.test(part.text)) && text.slice(ends.at(-1)).trim() === '';
  return isStream ? parts : whole;
}

/** Where each object that is not within another one ends. */
function endsOfObjects(text: string): number[] {
  const ends: number[] = [];
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) index += sign === '\\' ? 1 : 0;
    else if (sign === '{') depth += 1;
    else if (sign === '}' && --depth === 0) ends.push(index + 1);
  }
  return ends;
}
