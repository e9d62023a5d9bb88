import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

// Only the page itself may use the network, and a container has neither a GPU nor user namespaces for the sandbox.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const run = promisify(execFile);

/** Starts a headless Chromium: that of CHROME_PATH, else the one on PATH, else the one from npm. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const installed = await installedChromium();
  if (installed) return chromium.launch({ executablePath: installed, args: FLAGS });
  const folder = await unpackedChromium();
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_PATH: join(folder, 'fonts'),
    NODE_OPTIONS: '',
  };
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: FLAGS, env });
}

async function installedChromium(): Promise<string | undefined> {
  const named = process.env['CHROME_PATH'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC];
  for (const place of places) if (await exists(place)) return place;
  return undefined;
}

/** The folder of npm's Chromium, unpacked once per version and user. It is renamed into place, so that it is always complete. */
async function unpackedChromium(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(tmpdir(), `tuesday-chromium-${version}-${process.getuid?.() ?? 'user'}`);
  if (await exists(join(folder, 'chromium'))) return folder;
  const fresh = await mkdtemp(join(tmpdir(), 'tuesday-chromium-'));
  const script = fileURLToPath(new URL('./unpack.ts', import.meta.url));
  await run(process.execPath, [script], { env: { ...process.env, TMPDIR: fresh, NODE_OPTIONS: '' } });
  await writeFile(join(fresh, 'fonts/fonts.conf'), fontsOf(join(folder, 'fonts')));
  await rename(fresh, folder).catch(async (error: Error) => {
    await rm(fresh, { recursive: true, force: true });
    // Another run was faster: use its folder.
    if (!(await exists(join(folder, 'chromium')))) throw error;
  });
  return folder;
}

/** A font configuration: the packed one has fixed folders; this one has the unpacked fonts and the machine's. */
function fontsOf(folder: string): string {
  const dirs = [folder, '/usr/share/fonts', '/usr/local/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  const alias = (family: string, font: string) =>
    `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const aliases = alias('system-ui', 'Open Sans') + alias('monospace', 'DejaVu Sans Mono');
  return `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${folder}/cache</cachedir>${aliases}</fontconfig>`;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
