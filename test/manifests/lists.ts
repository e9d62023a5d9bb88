import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT, textOf } from './tree.ts';
import type { Tree } from './tree.ts';

const NAME = '([a-z][a-z0-9-]*)';

/** The files that cannot read a folder, and how a service is named there. */
const LISTS: Record<string, RegExp> = {
  Dockerfile: new RegExp(`^COPY services/${NAME}/package\\.json services/\\1/$`, 'gm'),
  'docker-bake.hcl': new RegExp(`(?<=^ *matrix .*)"${NAME}"`, 'gm'),
  'docker-compose.yml': new RegExp(`SERVICE: ${NAME} `, 'g'),
  'skaffold.yaml': new RegExp(`SERVICE: ${NAME}(?= \\} \\}| \\}$|,)`, 'gm'),
  'k8s/base/kustomization.yaml': new RegExp(`(?<=^ *- )${NAME}/account\\.yaml$`, 'gm'),
  'k8s/overlays/production/kustomization.yaml': new RegExp(`(?<= name: )tuesday\\.local/${NAME},`, 'g'),
  'istio/base/kustomization.yaml': new RegExp(`(?<=^ *- allow/)${NAME}\\.yaml$`, 'gm'),
};

/** Not ours: no folder of services/ is theirs. */
const OTHERS = ['gateway', 'postgres'];

/** Every list names each folder of services/, and nothing else. */
export function listsNameEveryService(tree: Tree): string[] {
  return Object.entries(LISTS).flatMap(([file, pattern]) => {
    const named = new Set([...textOf(tree, file).matchAll(pattern)].map(([, name = '']) => name));
    return [
      ...tree.services.filter((name) => !named.has(name)).map((name) => `${file} does not name the service ${name}`),
      ...[...named]
        .filter((name) => !tree.services.includes(name) && !OTHERS.includes(name))
        .map((name) => `${file} names ${name}, and there is no services/${name}`),
    ];
  });
}

/** The image's packages are installed from the lock file, which wants to see every workspace of package.json. */
export function imagesKnowEveryWorkspace(tree: Tree): string[] {
  const { workspaces } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { workspaces: string[] };
  const wanted = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: ROOT })).map(dirname);
  const copied = [...textOf(tree, 'Dockerfile').matchAll(/^COPY (\S+)\/package\.json \1\/$/gm)].map(([, one]) => one!);
  return [
    ...wanted.filter((one) => !copied.includes(one)).map((one) => `the Dockerfile does not copy ${one}/package.json`),
    ...copied
      .filter((one) => !wanted.includes(one))
      .map((one) => `the Dockerfile copies ${one}, which is no workspace`),
  ];
}
