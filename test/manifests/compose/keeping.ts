import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compare, COMPOSE, composed, isApp } from './compose.ts';
import { ROOT, textOf } from '../tree.ts';
import type { Tree } from '../tree.ts';

/** A container has the same permissions, memory limit and writable folders as its pod. */
export function containersHaveTheSameLimits(tree: Tree): string[] {
  return compare(tree, ({ name, template }, service) => {
    const { securityContext: own, resources, volumeMounts = [] } = template.spec.containers[0]!;
    const { runAsUser, runAsGroup } = template.spec.securityContext ?? {};
    const user =
      runAsUser === undefined ? undefined : [runAsUser, runAsGroup].filter((id) => id !== undefined).join(':');
    const memory = `${resources?.limits?.['memory']}`.replace('Mi', 'm');
    const written = [...(service.tmpfs ?? []), ...(service.volumes ?? [])].join(' ');
    // Istio's injection adds the gateway's security context, which is as strict.
    const isGateway = name === 'gateway';
    return [
      ...(service.read_only === (isGateway || own?.readOnlyRootFilesystem === true) ? [] : ['may write to its root']),
      ...(service.cap_drop?.join() === (isGateway ? 'ALL' : own?.capabilities?.drop?.join())
        ? []
        : ['has capabilities']),
      ...(service.security_opt?.includes('no-new-privileges:true') ? [] : ['may gain privileges']),
      ...(service.mem_limit === memory
        ? []
        : [`may use ${service.mem_limit ?? 'all'} of memory, and k8s/ says ${memory}`]),
      ...(isGateway || service.user === user ? [] : [`runs as ${service.user ?? 'its image says'}, not ${user}`]),
      ...(service.stop_grace_period === `${template.spec.terminationGracePeriodSeconds ?? 30}s`
        ? []
        : ['has another grace period']),
      ...volumeMounts
        .filter(({ mountPath }) => !written.includes(mountPath))
        .map(({ mountPath }) => `has no ${mountPath}`),
    ];
  });
}

/** After `up --wait` the shop can be used: health checks are the readiness probes of Kubernetes, and services wait for what they need. */
export function readinessIsAwaited(tree: Tree): string[] {
  const names = composed(tree).map(([name]) => name);
  return compare(tree, (workload, { depends_on = {}, healthcheck }) => {
    const { readinessProbe: probe } = workload.template.spec.containers[0]!;
    const check = healthcheck?.test.join(' ') ?? '';
    const wanted = probe?.httpGet ? `GET ${probe.httpGet.path} ` : (probe?.exec?.command.join(' ') ?? '');
    const isData = isApp(workload) && workload.environment['DATABASE_URL'] !== undefined;
    const needed = workload.name === 'gateway' ? names.filter((name) => name !== 'gateway' && name !== 'postgres') : [];
    if (isData) needed.push('postgres');
    return [
      ...(check.includes(wanted) ? [] : [`is not probed by "${wanted.trim()}"`]),
      // Jaeger's image has no program for a health check, and no service needs Jaeger to work.
      ...needed
        .filter((name) => depends_on[name]?.condition !== (name === 'jaeger' ? 'service_started' : 'service_healthy'))
        .map((name) => `does not wait for ${name}`),
    ];
  });
}

/** The file is short, and its first line says that there is no mesh. */
export function composeIsShortAndSaysNoMesh(tree: Tree): string[] {
  const lines = textOf(tree, COMPOSE).trimEnd().split('\n');
  const enough = 15 * composed(tree).length;
  return [
    ...(lines.length <= enough ? [] : [`${COMPOSE} has ${lines.length} lines, more than ${enough}`]),
    ...(/^# .*without a mesh/.test(lines[0]!) ? [] : [`${COMPOSE} does not say first that there is no mesh`]),
  ];
}

/** Each file that a container mounts exists: Docker makes an empty folder of one that does not. */
export function mountedFilesExist(tree: Tree): string[] {
  return composed(tree).flatMap(([name, { volumes = [] }]) =>
    volumes
      .map((volume) => volume.split(':')[0]!)
      .filter((source) => source.startsWith('.') && !existsSync(join(ROOT, source)))
      .map((source) => `${COMPOSE}: ${name} mounts ${source}, which does not exist`),
  );
}

const DATABASES = 'places/compose/databases.sql';
const SECRET = 'k8s/overlays/local/demo/postgres-init.yaml';

/** PostgreSQL gets the same roles and databases as on a cluster. */
export function databasesAreTheSame(tree: Tree): string[] {
  const statements = (file: string) =>
    (textOf(tree, file).match(/^ *create .*;$/gm) ?? []).map((line) => line.trim()).join('\n');
  return statements(DATABASES) === statements(SECRET) ? [] : [`${DATABASES} does not create what ${SECRET} creates`];
}

const BAKE = 'docker-bake.hcl';

/** What is published runs on both kinds of processor. */
export function bakeBuildsForBothProcessors(tree: Tree): string[] {
  const [, platforms = ''] = /platforms\s*=\s*\[(.*)\]/.exec(textOf(tree, BAKE)) ?? [];
  return ['linux/amd64', 'linux/arm64']
    .filter((one) => !platforms.includes(`"${one}"`))
    .map((one) => `${BAKE} leaves ${one} out`);
}
