/**
 * The JSON objects that stand one after the other in a text, as `kubectl` reads them; each with as many empty lines before it as
 * the text has, so that its lines keep their numbers. The text itself where it is anything else, such as YAML or one object.
 */
export function jsonObjects(text: string): string[] {
  if (!text.trimStart().startsWith('{')) return [text];
  const ends = endsOfObjects(text);
  const starts = [0, ...ends.slice(0, -1)];
  // What stands between objects, or after the last one, must be blank.
  const parts = starts.map((start, index) => text.slice(start, ends[index]));
  const isStream =
    ends.length > 1 && parts.every((part) => /^\s*\{/.test(part)) && text.slice(ends.at(-1)).trim() === '';
  if (!isStream) return [text];
  return parts.map((part, index) => '\n'.repeat(text.slice(0, starts[index]).split('\n').length - 1) + part);
}

/** Where each object that is not within another one ends. */
function endsOfObjects(text: string): number[] {
  const ends: number[] = [];
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth += 1;
    if (token === '}' && --depth === 0) ends.push(index + 1);
  }
  return ends;
}
