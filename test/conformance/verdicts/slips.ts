import { readFileSync } from 'node:fs';
import type { OddObject } from './odd-objects.ts';

/** Objects of Istio with one odd thing each, collected from what people write: slips.jsonl has a line for each. */
export function slips(): OddObject[] {
  const lines = readFileSync(new URL('slips.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { name, object } = JSON.parse(line) as { name: string; object: Record<string, unknown> };
    return { field: 'slips', value: name, object };
  });
}
