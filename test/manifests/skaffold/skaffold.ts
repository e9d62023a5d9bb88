import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { Ajv } from 'ajv';
import { asKind, parseYaml, podTemplateOf } from '@tuesday/mesh/manifests';
import { objects, ROOT, textOf } from '../tree.ts';
import type { Tree } from '../tree.ts';

export const SKAFFOLD = 'skaffold.yaml';

interface Artifact {
  image: string;
  docker?: { dockerfile?: string; buildArgs?: Record<string, string> };
  sync?: { manual?: { src: string; dest: string; strip?: string }[] };
}

interface Part {
  build?: { artifacts?: Artifact[] };
  manifests?: { kustomize?: { paths?: string[] } };
  portForward?: { resourceType: string; resourceName: string; namespace: string; port: number }[];
}

interface Skaffold extends Part {
  profiles?: (Part & { name: string; activation?: { command?: string }[] })[];
}

function skaffold(tree: Tree): Skaffold {
  return parseYaml(SKAFFOLD, textOf(tree, SKAFFOLD))[0]?.value as Skaffold;
}

/** The file itself and its profiles, each with a name for messages. */
export function parts(tree: Tree): (Part & { name: string })[] {
  const { profiles = [], ...main } = skaffold(tree);
  return [{ ...main, name: 'default' }, ...profiles];
}

// Skaffold's own schema, from the documentation of v4beta14; its "x-" keywords are for editors.
const schema = JSON.parse(readFileSync(new URL('v4beta14.schema.json', import.meta.url), 'utf8')) as object;
const accepts = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** Skaffold's own schema for this version accepts the file. */
export function schemaAcceptsSkaffold(tree: Tree): string[] {
  const { apiVersion } = skaffold(tree) as { apiVersion?: string };
  if (accepts(skaffold(tree)) && apiVersion === 'skaffold/v4beta14') return [];
  return [
    `${SKAFFOLD}: apiVersion is ${apiVersion}`,
    ...(accepts.errors ?? []).map(({ instancePath, message }) => `${SKAFFOLD}: ${instancePath} ${message}`),
  ];
}

/** Exactly the services are built, by the one Dockerfile, with the image names of their Deployments. */
export function everyServiceIsBuilt(tree: Tree): string[] {
  const dockerfile = textOf(tree, 'Dockerfile');
  const deployed = objects(tree, 'k8s/base/')
    .flatMap((object) => podTemplateOf(object)?.spec.containers ?? [])
    .map(({ image }) => image.split(':')[0])
    .filter((image) => image?.startsWith('tuesday.local/'));
  return parts(tree).flatMap(({ name, build: { artifacts = [] } = {} }) => [
    ...tree.services
      .filter((service) => !artifacts.some(({ image }) => image === `tuesday.local/${service}`))
      .map((service) => `${SKAFFOLD}: ${name} does not build ${service}`),
    ...artifacts
      .filter(({ image }) => !deployed.includes(image))
      .map(({ image }) => `${SKAFFOLD}: no Deployment runs ${image}`),
    ...artifacts
      .filter(({ image, docker }) => `tuesday.local/${docker?.buildArgs?.['SERVICE']}` !== image)
      .map(({ image }) => `${SKAFFOLD}: ${name} puts another service into ${image}`),
    ...artifacts
      .filter(({ docker }) => docker?.dockerfile !== 'Dockerfile')
      .map(({ image }) => `${SKAFFOLD}: ${image} is not built by the one Dockerfile`),
    ...artifacts
      .flatMap(({ docker }) => Object.keys(docker?.buildArgs ?? {}))
      .filter((arg) => !new RegExp(`^ARG ${arg}\\b`, 'm').test(dockerfile))
      .map((arg) => `${SKAFFOLD}: the Dockerfile has no ARG ${arg}`),
  ]);
}

/** The applied overlays exist. */
export function overlaysExist(tree: Tree): string[] {
  return parts(tree).flatMap(({ name, manifests }) => {
    const paths = manifests?.kustomize?.paths ?? [];
    if (paths.length === 0) return [`${SKAFFOLD}: ${name} applies nothing`];
    return paths
      .filter((path) => !tree.files.has(`${path}/kustomization.yaml`))
      .map((path) => `${SKAFFOLD}: ${path} is not a kustomization`);
  });
}

/** Only the gateway's existing port is forwarded: a forward to another pod would bypass its sidecar. */
export function onlyTheGatewayIsForwarded(tree: Tree): string[] {
  const forwards = parts(tree).flatMap(({ portForward = [] }) => portForward);
  const services = objects(tree, 'k8s/base/').filter(({ kind }) => kind === 'Service');
  const lost = forwards.filter(
    ({ resourceName, namespace, port }) =>
      !services.some(
        (one) =>
          one.metadata.name === resourceName &&
          one.metadata.namespace === namespace &&
          asKind(one, 'Service').spec.ports.some((open) => open.port === port),
      ),
  );
  return [
    ...forwards
      .filter(({ resourceType, resourceName }) => resourceType !== 'service' || resourceName !== 'gateway')
      .map(({ resourceName }) => `${SKAFFOLD}: ${resourceName} is forwarded past its sidecar`),
    ...lost.map(({ resourceName, namespace, port }) => `${SKAFFOLD}: there is no ${resourceName}.${namespace}:${port}`),
    ...(forwards.length === 1 ? [] : [`${SKAFFOLD} forwards ${forwards.length} ports, not one`]),
  ];
}

/** `skaffold dev` writes every source file of every service to its path in the image, where it has permission to write. */
export function devSyncsEverySource(tree: Tree): string[] {
  const dev = skaffold(tree).profiles?.find(({ name }) => name === 'dev');
  const [, user = ''] = /^USER (\d+)/m.exec(textOf(tree, 'Dockerfile')) ?? [];
  if (!dev?.activation?.some(({ command }) => command === 'dev')) return [`${SKAFFOLD}: skaffold dev uses no profile`];
  return [
    ...(dev.manifests?.kustomize?.paths?.join() === 'k8s/overlays/dev' ? [] : [`${SKAFFOLD}: dev is not overlays/dev`]),
    ...(dev.build?.artifacts ?? []).flatMap(({ image, docker, sync }) => {
      const folder = `services/${image.split('/')[1]}/src`;
      const rules = sync?.manual ?? [];
      const synced = rules.flatMap(({ src, dest, strip = '' }) =>
        globSync(src, { cwd: ROOT }).map((path) => [path, posix.join(dest, path.replace(strip, ''))] as const),
      );
      const missed = globSync(`${folder}/**/*.ts`, { cwd: ROOT }).filter(
        (path) => !synced.some(([from]) => from === path),
      );
      return [
        ...(missed.length === 0 ? [] : [`${SKAFFOLD}: ${missed[0]} of ${image} is not synced`]),
        ...(synced.some(([path, to]) => to !== `/app/${path}`)
          ? [`${SKAFFOLD}: ${image} has its sources elsewhere`]
          : []),
        ...(docker?.buildArgs?.['OWNER'] === user
          ? []
          : [`${SKAFFOLD}: user ${user} may not write the sources of ${image}`]),
      ];
    }),
    ...parts(tree)
      .filter(
        ({ name, build }) => name !== 'dev' && build?.artifacts?.some(({ docker }) => docker?.buildArgs?.['OWNER']),
      )
      .map(({ name }) => `${SKAFFOLD}: ${name} makes image sources writable`),
  ];
}
