import { compare, COMPOSE, composed, isApp } from './compose.ts';
import { textOf } from '../tree.ts';
import type { Tree } from '../tree.ts';

/** What a container may do, use and write is what its pod may. */
export function containersMayAsMuch(tree: Tree): string[] {
  return compare(tree, ({ name, template }, service) => {
    const { securityContext: own, resources, volumeMounts = [] } = template.spec.containers[0]!;
    const { runAsUser, runAsGroup } = template.spec.securityContext ?? {};
    const user =
      runAsUser === undefined ? undefined : [runAsUser, runAsGroup].filter((id) => id !== undefined).join(':');
    const memory = `${resources?.limits?.['memory']}`.replace('Mi', 'm');
    const written = [...(service.tmpfs ?? []), ...(service.volumes ?? [])].join(' ');
    // The gateway's come with Istio's injection, and are as strict.
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
        : ['stops elsewhen']),
      ...volumeMounts
        .filter(({ mountPath }) => !written.includes(mountPath))
        .map(({ mountPath }) => `has no ${mountPath}`),
    ];
  });
}

/** `up --wait` means that the shop can be used: readiness is asked as in Kubernetes, and who needs somebody waits for them. */
export function readinessIsAwaited(tree: Tree): string[] {
  const names = composed(tree).map(([name]) => name);
  return compare(tree, (workload, { depends_on = {}, healthcheck }) => {
    const { readinessProbe: probe } = workload.template.spec.containers[0]!;
    const asked = healthcheck?.test.join(' ') ?? '';
    const wanted = probe?.httpGet ? `GET ${probe.httpGet.path} ` : (probe?.exec?.command.join(' ') ?? '');
    const isData = isApp(workload) && workload.environment['DATABASE_URL'] !== undefined;
    const needed = workload.name === 'gateway' ? names.filter((name) => name !== 'gateway' && name !== 'postgres') : [];
    if (isData) needed.push('postgres');
    return [
      ...(asked.includes(wanted) ? [] : [`is not asked "${wanted.trim()}"`]),
      // Jaeger's image has no program that could ask, and nobody's work waits for a trace.
      ...needed
        .filter((name) => depends_on[name]?.condition !== (name === 'jaeger' ? 'service_started' : 'service_healthy'))
        .map((name) => `does not wait for ${name}`),
    ];
  });
}

/** Short enough to be read, and honest in its first line. */
export function composeIsShortAndHonest(tree: Tree): string[] {
  const lines = textOf(tree, COMPOSE).trimEnd().split('\n');
  const enough = 15 * composed(tree).length;
  return [
    ...(lines.length <= enough ? [] : [`${COMPOSE} has ${lines.length} lines, and ${enough} are enough`]),
    ...(/^# .*without a mesh/.test(lines[0]!) ? [] : [`${COMPOSE} does not begin with saying that there is no mesh`]),
  ];
}

const DATABASES = 'places/compose/databases.sql';
const SECRET = 'k8s/overlays/local/demo/postgres-init.yaml';

/** PostgreSQL is filled with what the cluster's is filled with. */
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
