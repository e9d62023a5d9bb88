import { access } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';

/** Allows only the page's own files: one script, one style sheet, pictures as data: URLs, the API on the same origin. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const YEAR_SECONDS = 31_536_000;

export type Page = ReturnType<typeof createPage>;

/** Serves the page that was built into `dist` (absolute path). Other paths go to the next handler. */
export function createPage(dist: string) {
  const files = express.static(dist, {
    redirect: false,
    setHeaders(res, path) {
      // Names below assets/ carry a hash of the content; index.html names them and must be asked for each time.
      const hashed = path.startsWith(join(dist, 'assets'));
      res.setHeader('Cache-Control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      // Instead of the API's policy, which would also ask browsers to try https.
      res.setHeader('Content-Security-Policy', POLICY);
    },
  });
  /** For a route with the parameter `file`: an encoded slash would leave assets/, if only for the page beside it. */
  const asset: RequestHandler = (req, res, next) =>
    String(req.params['file']).includes('/') ? next() : files(req, res, next);
  /** Rejects while the page has not been built. */
  const ready = () => access(join(dist, 'index.html'));
  return { document: files, asset, ready };
}
