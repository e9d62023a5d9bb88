import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles OpenTelemetry's bootstrap into one file: finding and parsing its 1,000 modules costs each process half a second
 * and 40 MB. Only the bootstrap: bundled services would lose their spans, since instrumentation works on imports.
 * The instrumented libraries and the import hooks stay outside, because there must be one copy of each.
 */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
// A test writes to another path.
const outfile = process.argv[2] ?? at('dist/opentelemetry.mjs');

/**
 * Node loads undici when an ES module imports node:http, but not when a CommonJS module requires it: decision 17.
 * @type {import('esbuild').Plugin}
 */
const requiredHttp = {
  name: 'http is required',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?http$/ }, ({ namespace }) =>
      namespace === 'required' ? { path: 'node:http', external: true } : { path: 'http', namespace: 'required' },
    );
    onLoad({ filter: /./, namespace: 'required' }, () => ({ contents: "module.exports = require('node:http');" }));
  },
};

await build({
  entryPoints: [at('src/tracing/opentelemetry.ts')],
  outfile: `${outfile}.new`,
  bundle: true,
  format: 'esm',
  platform: 'node',
  plugins: [requiredHttp],
  target: 'node22',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  external: [
    'express',
    'pg',
    'pg-pool',
    'undici',
    '@opentelemetry/api',
    'import-in-the-middle',
    'import-in-the-middle/*',
    'require-in-the-middle',
  ],
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __toPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __toPath(import.meta.url);',
      "const __dirname = __toPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
});
// Renamed at the end: a process may start while this runs.
await rename(`${outfile}.new`, outfile);
await rm(`${outfile}.new.LEGAL.txt`, { force: true });
