import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { type Resource, readKustomization, readText } from '@tuesday/mesh/manifests';

/** The input of one comparison: the same objects for Istio's generator and for ours. */
export interface Case {
  name: string;
  resources: Resource[];
  /** The file of the MeshConfig. */
  meshConfig: string;
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MESH_CONFIG = join(ROOT, 'istio/mesh-config.yaml');

const SMALL = 'packages/mesh/testdata/translation';
/** Cases of rare settings, which have no golden pair. */
const OWN = 'test/conformance/cases';
/** These are not lessons: the base itself, the installation of Istio, and a kind that Istio 1.31 does not accept. */
const NO_LESSON = /^(base|install)\/|^mesh-config\.yaml$|^article\/mesh-policy\.yaml$/;

/** The shop as it is, the shop with each file of istio/ applied, and the small cases. */
export function casesOf(): Case[] {
  const shop = readKustomization(join(ROOT, 'k8s/overlays/local'), { namespace: 'shop' });
  const lessons = (readdirSync(join(ROOT, 'istio'), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.yaml') && !NO_LESSON.test(file))
    .toSorted();
  const small = [SMALL, OWN].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).flatMap((file) => (file.endsWith('.in.yaml') ? [`${folder}/${file}`] : [])),
  );
  return [
    { name: 'shop', resources: aged(shop), meshConfig: MESH_CONFIG },
    ...lessons.map((file) => {
      return { name: `istio/${file}`, resources: aged([...shop, ...read(`istio/${file}`)]), meshConfig: MESH_CONFIG };
    }),
    ...small.map((file) => ({
      name: file.replace(/^.*\/|\.in\.yaml$/g, ''),
      resources: aged([...read(`${SMALL}/mesh.yaml`), ...read(file)]),
      meshConfig: meshConfigOf(file),
    })),
  ];
}

/** The MeshConfig beside a small case, else that of the shop. */
function meshConfigOf(file: string): string {
  const own = join(ROOT, file.replace('.in.yaml', '.mesh-config.yaml'));
  return existsSync(own) ? own : MESH_CONFIG;
}

/** The objects of a case as one YAML text, the recorder's input. */
export function yamlOf({ resources }: Case): string {
  return resources.map(({ body }) => stringify(body)).join('---\n');
}

function read(file: string): Resource[] {
  return readText({ file, text: readFileSync(join(ROOT, file), 'utf8'), namespace: 'shop' });
}

// As with `apply`, the last write of a name is used, with the age of the first. Each object is a second younger than the one before.
export function aged(resources: readonly Resource[]): Resource[] {
  const id = ({ kind, metadata }: Resource) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
  const last = new Map(resources.map((resource) => [id(resource), resource]));
  return [...last.values()].map((resource, index) => ({ ...resource, appliedAt: (index + 1) * 1000 }));
}
