import { defineConfig } from 'vite';

/** Builds page/ into dist/: one script, one style sheet, both named by their content so that browsers may keep them for ever. */
export default defineConfig({
  root: 'page',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // Browsers with Preact 11's own baseline know modulepreload; the polyfill would only be weight.
    modulePreload: { polyfill: false },
  },
});
