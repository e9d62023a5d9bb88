import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { type Resource, readText } from '@tuesday/mesh/manifests';
import { type Case, MESH_CONFIG, aged } from '../cases.ts';
import type { IstioFile } from './files.ts';

const NAMESPACE = 'default';
const SURROUNDINGS = new URL('surroundings.yaml', import.meta.url);

/** The objects of a file, or the sentence with which it is refused. Throws what is not meant for users. */
export function readFile({ name, text }: IstioFile): Resource[] | string {
  try {
    return readText({ file: name, text, namespace: NAMESPACE });
  } catch (error) {
    if ((error as Error).name !== 'ManifestError') throw error;
    return (error as Error).message;
  }
}

/** A file that is taken, amid its surroundings: all its namespaces have sidecars, unless it says otherwise. */
export function caseOf({ name }: IstioFile, resources: readonly Resource[]): Case {
  const around = readText({
    file: 'surroundings.yaml',
    text: readFileSync(SURROUNDINGS, 'utf8'),
    namespace: NAMESPACE,
  });
  const written = new Set(resources.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const needed = [...new Set(resources.flatMap(({ metadata: { namespace } }) => namespace ?? []))];
  const namespaces = needed.filter((one) => one !== NAMESPACE && one !== 'istio-system' && !written.has(one));
  const text = namespaces.map((one) =>
    stringify({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: one, labels: { 'istio-injection': 'enabled' } },
    }),
  );
  const made = text.length === 0 ? [] : readText({ file: name, text: text.join('---\n'), namespace: NAMESPACE });
  return { name, resources: aged([...around, ...made, ...resources]), meshConfig: MESH_CONFIG };
}
