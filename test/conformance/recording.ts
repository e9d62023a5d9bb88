import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, MESH_CONFIG, ROOT, yamlOf } from './cases.ts';

/** One resource of xDS, as protobuf's JSON with the names of the .proto files. */
export type Xds = Record<string, unknown>;

export const KINDS = ['listeners', 'clusters', 'routes', 'endpoints'] as const;
export type Kind = (typeof KINDS)[number];

/** What Istio's generator makes for one pod. */
export interface Generated extends Record<Kind, Xds[]> {
  /** Of the pod. */
  address: string;
}

/** By pod, `checkout-v1-0.shop`. */
export type Recorded = Record<string, Generated>;

interface Entry {
  /** inputOf the case when it was recorded. */
  input: string;
  pods: Record<string, { address: string } & Record<Kind, string[]>>;
}

const RECORDER = join(ROOT, 'test/conformance/recorder');
const FOLDER = join(ROOT, 'test/conformance/recordings');
const ENTRIES = join(FOLDER, 'cases.json');
/** One resource a line, its hash before it: most pods share most of them. */
const RESOURCES = join(FOLDER, 'resources.jsonl');
const AGAIN = 'Record again: node test/conformance/record.ts (test/conformance/README.md).';

/** What a recording depends on: the objects, the MeshConfig, and the recorder with the version of Istio that it imports. */
export function inputOf(one: Case): string {
  const files = readdirSync(RECORDER).filter((file) => file.endsWith('.go') || file === 'go.mod');
  const recorder = files.toSorted().map((file) => readFileSync(join(RECORDER, file), 'utf8'));
  return hash([yamlOf(one), readFileSync(MESH_CONFIG, 'utf8'), ...recorder].join('\0'));
}

/** Reads a recording by the name of its case. Throws an Error with the way out where there is none, or one of other input. */
export function createReader(): (one: Case) => Recorded {
  const entries = JSON.parse(readFileSync(ENTRIES, 'utf8')) as Record<string, Entry>;
  const lines = readFileSync(RESOURCES, 'utf8').trim().split('\n');
  const resources = new Map(lines.map((line) => [line.slice(0, 16), line.slice(17)]));
  const resource = (id: string) => JSON.parse(resources.get(id) ?? fail(`Resource ${id} is not recorded.`)) as Xds;
  return (one) => {
    const entry = entries[one.name] ?? fail(`Nothing is recorded for ${one.name}.`);
    if (entry.input !== inputOf(one)) fail(`${one.name} was recorded from other YAML, or by another recorder.`);
    return Object.fromEntries(
      Object.entries(entry.pods).map(([pod, { address, ...kinds }]) => [
        pod,
        { address, ...mapKinds((kind) => kinds[kind].map(resource)) },
      ]),
    );
  };
}

/** Writes what was recorded of all cases. */
export function writeRecordings(all: ReadonlyMap<Case, Recorded>): void {
  const resources = new Map<string, string>();
  const idOf = (xds: Xds) => {
    const text = JSON.stringify(xds);
    const id = hash(text);
    resources.set(id, text);
    return id;
  };
  const entries = [...all].map(([one, recorded]): [string, Entry] => {
    const pods = Object.entries(recorded).map(([pod, generated]) => [
      pod,
      { address: generated.address, ...mapKinds((kind) => generated[kind].map(idOf)) },
    ]);
    return [one.name, { input: inputOf(one), pods: Object.fromEntries(pods) }];
  });
  writeFileSync(ENTRIES, `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`);
  const lines = [...resources].map(([id, text]) => `${id} ${text}\n`).toSorted();
  writeFileSync(RESOURCES, lines.join(''));
}

/** The same for each kind. */
export function mapKinds<T>(make: (kind: Kind) => T): Record<Kind, T> {
  return Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function fail(what: string): never {
  throw new Error(`${what} ${AGAIN}`);
}
