import { literal } from '../../../setup/checks/request.mjs';

/** Whether `printed` holds the stated outcome: literal text in which `…` is any text, and each run of spaces is like any other. */
export function stands(outcome: string, printed: string): boolean {
  const parts = outcome
    .trim()
    .split(/\s*…\s*/)
    .map((part) => literal(part).replaceAll(/\s+/g, '\\s+'));
  return new RegExp(parts.join('[^]*?')).test(printed);
}
