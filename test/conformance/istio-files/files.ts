import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../cases.ts';

/** A YAML file of Istio's own samples and tests. */
export interface IstioFile {
  /** Its path in the module. */
  name: string;
  text: string;
}

const FOLDERS = ['samples', 'tests', 'pilot', 'pkg'];

/** The folder of the module istio.io/istio at the recorder's version, where Go keeps it on this machine; undefined if it does not. */
export function moduleFolder(): string | undefined {
  const [, version] = /^(?:require)?\s*istio\.io\/istio (v\S+)/m.exec(
    readFileSync(join(ROOT, 'test/conformance/recorder/go.mod'), 'utf8'),
  )!;
  const { GOMODCACHE, GOPATH = join(homedir(), 'go') } = process.env;
  const folder = join(GOMODCACHE ?? join(GOPATH, 'pkg/mod'), `istio.io/istio@${version}`);
  return existsSync(folder) ? folder : undefined;
}

/** All of them. */
export function istioFiles(folder: string): IstioFile[] {
  const names = FOLDERS.flatMap((one) =>
    (readdirSync(join(folder, one), { recursive: true }) as string[]).map((file) => join(one, file)),
  );
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
