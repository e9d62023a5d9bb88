import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ROOT } from '../../places/repository.ts';
import { chromiumFolder, installedChromium } from '../../setup/chromium.mjs';

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

/** Starts a headless Chromium: the machine's own, or the one that the set-up has unpacked. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const installed = installedChromium(process.env);
  if (installed) return chromium.launch({ executablePath: installed, args: FLAGS });
  const folder = chromiumFolder({ root: ROOT, env: process.env });
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_PATH: join(folder, 'fonts'),
    NODE_OPTIONS: '',
  };
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: FLAGS, env });
}
