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

/** The built page: only files that the build has put into `dist`. */
export interface Page {
  document: RequestHandler;
  /** For a route with the parameter `file`. */
  asset: RequestHandler;
  /** Rejects while the page has not been built. */
  ready(): Promise<void>;
}

/** Serves the page that was built into `dist` (absolute path). Other paths go to the next handler. */
export function createPage(dist: string): Page {
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
  return {
    document: files,
    // An encoded slash would leave assets/, if only for the page beside it.
    asset: (req, res, next) => (String(req.params['file']).includes('/') ? next() : files(req, res, next)),
    ready: () => access(join(dist, 'index.html')),
  };
}
