import { SET_BY_SERVER } from '@tuesday/mesh/manifests';

/** What an accepted field does, or why it does nothing. A path stands for everything under it. */
export type AcceptedFields = Readonly<Record<string, Readonly<Record<string, string>>>>;

const SERVER = 'a server writes it';
const ONLY = 'only the default is taken';
const PROCESS = 'not enforced: a pod is a plain process; tests of the manifests check it';
const LABELS = 'labels and annotations have their own tables below';

/** Of objects and of templates of pods. */
const OF_THE_SERVER = Object.fromEntries(SET_BY_SERVER.map((name) => [`metadata.${name}`, SERVER]));

/** Fields that are taken and steer no traffic, by table (packages/mesh/manifests/fields/place.ts), with the reason. */
export const NO_EFFECT: AcceptedFields = {
  Object: {
    ...OF_THE_SERVER,
    status: SERVER,
  },
  Namespace: { 'spec.finalizers': SERVER },
  ServiceAccount: { automountServiceAccountToken: 'pods have no tokens here' },
  ConfigMap: { immutable: ONLY },
  Secret: { immutable: ONLY, type: 'it is kept, and nothing here reads it' },
  Service: {
    'spec.type': 'only ClusterIP is taken',
    'spec.clusterIP': 'the address of a Service is drawn here',
    'spec.clusterIPs': 'the address of a Service is drawn here',
    'spec.ipFamilies': 'a server writes it; addresses are IPv4 here',
    'spec.ipFamilyPolicy': ONLY,
    'spec.internalTrafficPolicy': ONLY,
    'spec.sessionAffinity': ONLY,
    'spec.publishNotReadyAddresses': ONLY,
    'spec.ports.protocol': 'only TCP is taken',
  },
  RequestAuthentication: {
    'spec.jwtRules.timeout': 'it is for keys that are fetched, and none are here',
  },
  Gateway: {
    'spec.servers.port.protocol': 'only HTTP is taken',
    'spec.servers.port.name': 'a name only, of statistics of HTTPS servers',
  },
  Deployment: {
    'spec.revisionHistoryLimit': 'the revisions of one run are kept here',
    'spec.minReadySeconds': 'only 0 is taken',
  },
  StatefulSet: {
    'spec.minReadySeconds': 'only 0 is taken',
    'spec.revisionHistoryLimit': 'the revisions of one run are kept here',
    'spec.updateStrategy.rollingUpdate.partition': ONLY,
    'spec.persistentVolumeClaimRetentionPolicy': ONLY,
    'spec.serviceName': 'a warning says when it does not exist; pods have no host names of their own here',
    'spec.volumeClaimTemplates.spec': 'a claim is a folder of the state, of any size',
  },
  Pod: {
    ...OF_THE_SERVER,
    'spec.automountServiceAccountToken': 'pods have no tokens here',
    'spec.securityContext': PROCESS,
    'spec.restartPolicy': ONLY,
    'spec.dnsPolicy': ONLY,
    'spec.schedulerName': ONLY,
    'spec.serviceAccount': 'the older name of serviceAccountName, which a server writes beside it',
    'spec.containers.imagePullPolicy': 'images are not pulled here',
    'spec.containers.workingDir': 'an empty one only',
    'spec.containers.ports.protocol': 'only TCP is taken',
    'spec.containers.resources': PROCESS,
    'spec.containers.terminationMessagePath': 'a log is kept whole',
    'spec.containers.terminationMessagePolicy': 'a log is kept whole',
    'spec.containers.securityContext': PROCESS,
    'spec.containers.volumeMounts.subPath': 'only PostgreSQL has files mounted here',
    'spec.containers.volumeMounts.readOnly': PROCESS,
    'spec.containers.env.valueFrom.fieldRef.apiVersion': 'only v1 is taken',
    'spec.containers.readinessProbe.httpGet.scheme': 'only HTTP is taken',
    'spec.volumes':
      'an emptyDir is the folder of a process; only PostgreSQL has Secrets, ConfigMaps and claims mounted here',
  },
};

/** Fields that do less here than in a cluster, about which a warning says so. */
export const WARNED: AcceptedFields = {
  AuthorizationPolicy: Object.fromEntries(
    ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'].map((name) => [
      `spec.rules.from.source.${name}`,
      'all callers have the address 127.0.0.1 here: an ALLOW allows nothing, a DENY ignores the address',
    ]),
  ),
};

/** Fields that are in force here and that Istio's generator does not read: the local runner or the control plane does. */
export const RUN: AcceptedFields = {
  Object: {
    apiVersion: 'the version of the kind',
    kind: 'the kind',
    'metadata.name': 'the name of the object',
    'metadata.namespace': 'the namespace of the object',
    'metadata.labels': LABELS,
    'metadata.annotations': LABELS,
  },
  ConfigMap: { data: 'read by pods' },
  Secret: { data: 'read by pods', stringData: 'read by pods' },
  Deployment: {
    'spec.replicas': 'the number of pods',
    'spec.selector.matchLabels': 'the pods of the workload',
    'spec.strategy': 'how pods are replaced',
    'spec.progressDeadlineSeconds': 'how long a rollout may stand still',
  },
  StatefulSet: {
    'spec.replicas': 'the number of pods',
    'spec.selector.matchLabels': 'the pods of the workload',
    'spec.podManagementPolicy': 'the order of pods',
    'spec.updateStrategy.type': 'whether pods are replaced by themselves',
    'spec.volumeClaimTemplates.spec.accessModes': 'the folder of a claim',
  },
  Pod: {
    'metadata.labels': 'what Services, policies and workloads select',
    'metadata.annotations': LABELS,
    'spec.serviceAccountName': 'the identity in the certificate of the pod',
    'spec.terminationGracePeriodSeconds': 'the time between SIGTERM and SIGKILL',
    'spec.enableServiceLinks': 'whether the environment has the addresses of Services',
    'spec.containers.name': 'the name of the container',
    'spec.containers.image': 'the program (places/local/programs/image-table.ts)',
    'spec.containers.command': 'the program: node, in an image of the shop',
    'spec.containers.args': 'the arguments of the program',
    'spec.containers.ports': 'the ports of the pod, also by name',
    'spec.containers.env': 'the environment of the program',
    'spec.containers.envFrom': 'the environment of the program',
    'spec.containers.volumeMounts': 'the files of PostgreSQL',
    'spec.containers.readinessProbe': 'whether the pod is ready; startup and liveness probes likewise',
    'spec.containers.lifecycle.preStop.sleep': 'the time before SIGTERM',
  },
};
