import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, ROOT, yamlOf } from './cases.ts';

/** One xDS resource in protobuf's JSON form with the field names of the .proto files. */
export type Xds = Record<string, unknown>;

export const KINDS = ['listeners', 'clusters', 'routes', 'endpoints'] as const;
export type Kind = (typeof KINDS)[number];

/** The output of Istio's generator for one pod. */
export interface Generated extends Record<Kind, Xds[]> {
  /** The pod's address. */
  address: string;
}

/** By pod, `checkout-v1-0.shop`. */
export type Recorded = Record<string, Generated>;

interface Entry {
  /** inputOf(case) at the time of the recording. */
  input: string;
  pods: Record<string, { address: string } & Record<Kind, string[]>>;
}

const RECORDER = join(ROOT, 'test/conformance/recorder');
const FOLDER = join(ROOT, 'test/conformance/recordings');
const ENTRIES = join(FOLDER, 'cases.json');
/** One resource on each line, after its hash: most pods share most resources. */
const RESOURCES = join(FOLDER, 'resources.jsonl');
const AGAIN = 'Record again: node test/conformance/record.ts (test/conformance/README.md).';

/** A hash of everything that a recording depends on: the objects, the MeshConfig, and the recorder with its version of Istio. */
export function inputOf(one: Case): string {
  recorder ??= recorderFiles();
  return hash([yamlOf(one), readFileSync(one.meshConfig, 'utf8'), ...recorder].join('\0'));
}

/** The texts of the recorder, which are the same for every case. */
let recorder: string[] | undefined;

function recorderFiles(): string[] {
  const files = readdirSync(RECORDER).filter((file) => file.endsWith('.go') || file === 'go.mod');
  return files.toSorted().map((file) => readFileSync(join(RECORDER, file), 'utf8'));
}

/** Reads the recording of a case. Throws an Error that says what to do where there is none, or it is of other input. */
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

/** Writes the recordings of all cases. */
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
  writeFileSync(ENTRIES, `{\n${entries.map(textOf).join(',\n')}\n}\n`);
  const lines = [...resources].map(([id, text]) => `${id} ${text}\n`).toSorted();
  writeFileSync(RESOURCES, lines.join(''));
}

/** One pod on each line. */
function textOf([name, { input, pods }]: [string, Entry]): string {
  const lines = Object.entries(pods).map(([pod, entry]) => `  ${JSON.stringify(pod)}: ${JSON.stringify(entry)}`);
  return ` ${JSON.stringify(name)}: { "input": "${input}", "pods": {\n${lines.join(',\n')} } }`;
}

/** Makes one value for each kind. */
export function mapKinds<T>(make: (kind: Kind) => T): Record<Kind, T> {
  return Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function fail(what: string): never {
  throw new Error(`${what} ${AGAIN}`);
}
