import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheOf, inNewFolder, noteUse } from './cache.mjs';
import { explain, explainErrors } from './trouble/trouble.mjs';

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The Chrome or Chromium of this machine: that of CHROME_PATH, or the first on PATH. @param {NodeJS.ProcessEnv} env @returns {string | undefined} */
export function installedChromium(env) {
  if (env['CHROME_PATH']) return env['CHROME_PATH'];
  const folders = (env['PATH'] ?? '').split(delimiter);
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC].find((file) =>
    existsSync(file),
  );
}

/** The folder into which the Chromium of the npm package is unpacked, whether or not it exists yet. @param {{ root: string, env: NodeJS.ProcessEnv }} options */
export function chromiumFolder({ root, env }) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'));
  return join(cacheOf(env), `chromium-${version}`);
}

/** Whether the browser test has a browser. The npm package is for Linux. @param {{ root: string, env: NodeJS.ProcessEnv }} options */
export function hasChromium(options) {
  if (process.platform !== 'linux' || installedChromium(options.env)) return true;
  const folder = chromiumFolder(options);
  noteUse(cacheOf(options.env), folder);
  return existsSync(folder);
}

/**
 * Unpacks the Chromium of the npm package, once per version. It is moved into the cache only when it is complete.
 * @param {{ root: string, env: NodeJS.ProcessEnv, run: import('./processes/command.mjs').Run }} options
 * @returns {Promise<string>} its folder
 * @throws {import('./trouble/trouble.mjs').SetupError}
 */
export async function unpackChromium({ root, env, run }) {
  const cache = cacheOf(env);
  const thing = { what: 'Chromium' };
  const trouble = { env, folders: [cache] };
  const unpack = async (/** @type {string} */ fresh) => {
    const folder = chromiumFolder({ root, env });
    // The package unpacks into TMPDIR only.
    const settings = { ...env, TMPDIR: fresh, NODE_OPTIONS: '' };
    const { code, output } = await run('node', ['test/browser/unpack.ts'], { cwd: root, env: settings });
    if (code !== 0) throw explain(thing, output, trouble);
    await writeFile(join(fresh, 'fonts/fonts.conf'), fontsOf(join(folder, 'fonts')));
    await rename(fresh, folder).catch((error) => {
      // The set-up of another clone was faster: use its folder.
      if (!existsSync(folder)) throw error;
    });
    return folder;
  };
  return explainErrors(thing, () => inNewFolder(cache, unpack), trouble);
}

/** A font configuration: the packed one has fixed folders; this one has the unpacked fonts and the machine's. @param {string} folder */
function fontsOf(folder) {
  const dirs = [folder, '/usr/share/fonts', '/usr/local/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  const alias = (/** @type {string} */ family, /** @type {string} */ font) =>
    `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const aliases = alias('system-ui', 'Open Sans') + alias('monospace', 'DejaVu Sans Mono');
  return `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${folder}/cache</cachedir>${aliases}</fontconfig>`;
}
