import type { RequestHandler } from 'express';
import { Problem } from '../errors.ts';

/** Refuses an address that is not UTF-8 in percent-encoding, or has a NUL, whatever its route: a query is otherwise read with replacements. */
export const wellFormedAddress: RequestHandler = ({ originalUrl }, _res, next) =>
  next(
    isText(originalUrl)
      ? undefined
      : new Problem('invalid-request', { detail: 'The address is not UTF-8 in percent-encoding, or has a NUL.' }),
  );

function isText(url: string): boolean {
  try {
    return !decodeURIComponent(url).includes('\0');
  } catch {
    return false;
  }
}
