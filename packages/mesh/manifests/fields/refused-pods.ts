import type { RefusedFields } from './place.ts';

/** The paths of fields under one place; their names are parted by blanks. */
const under = (place: string, names: string) => names.split(/\s+/).map((name) => `${place}.${name}`);

const VOLUMES = `awsElasticBlockStore azureDisk azureFile cephfs cinder csi downwardAPI ephemeral fc flexVolume flocker gcePersistentDisk gitRepo
glusterfs hostPath image iscsi nfs persistentVolumeClaim photonPersistentDisk portworxVolume projected quobyte rbd scaleIO storageos vsphereVolume`;
const SCHEDULING = `affinity nodeName nodeSelector tolerations topologySpreadConstraints schedulingGates schedulingGroup priority priorityClassName
preemptionPolicy overhead runtimeClassName os`;
const OF_THE_KERNEL = 'seLinuxOptions windowsOptions seccompProfile.localhostProfile appArmorProfile';

/** Fields of the template of pods. */
export const REFUSED_OF_PODS: RefusedFields = {
  Pod: {
    'pods have the names and the namespace of their workload': under('metadata', 'name generateName namespace'),
    'a template has labels and annotations only': under(
      'metadata',
      'deletionTimestamp deletionGracePeriodSeconds ownerReferences finalizers',
    ),
    'a pod has one container here': under('spec', 'initContainers ephemeralContainers shareProcessNamespace'),
    'there is one machine': under('spec', SCHEDULING),
    'a pod has the network and the users of this machine': [
      ...under('spec', 'hostNetwork hostPID hostIPC hostUsers'),
      ...under('spec.containers.ports', 'hostPort hostIP'),
    ],
    'names are those of Services': under(
      'spec',
      'hostname subdomain setHostnameAsFQDN hostnameOverride hostAliases dnsConfig',
    ),
    'a pod is ready when its probes say so, and lives until it is replaced': under(
      'spec',
      'readinessGates activeDeadlineSeconds',
    ),
    'nothing is limited here': [
      ...under('spec', 'resources resourceClaims'),
      ...under('spec.containers', 'resources.limits.* resources.requests.* resources.claims resizePolicy'),
    ],
    'images are not pulled here': ['spec.imagePullSecrets'],
    'a pod is a plain process of this machine': [
      ...under('spec.securityContext', OF_THE_KERNEL),
      ...under('spec.securityContext', 'seLinuxChangePolicy supplementalGroups supplementalGroupsPolicy sysctls'),
      ...under('spec.containers.securityContext', OF_THE_KERNEL),
      'spec.containers.securityContext.procMount',
    ],
    'write an emptyDir, a Secret or a ConfigMap': under('spec.volumes', VOLUMES),
    'a volume is a folder here': [
      'spec.containers.volumeDevices',
      ...under('spec.containers.volumeMounts', 'recursiveReadOnly mountPropagation subPathExpr'),
    ],
    'use fieldRef, configMapKeyRef or secretKeyRef': under(
      'spec.containers.env.valueFrom',
      'resourceFieldRef fileKeyRef',
    ),
    'a container that ends is started again': under('spec.containers', 'restartPolicy restartPolicyRules'),
    'a pod is probed at its own address': under('spec.containers.readinessProbe', 'httpGet.host tcpSocket.host'),
    'use httpGet, tcpSocket or exec': ['spec.containers.readinessProbe.grpc'],
    'use terminationGracePeriodSeconds of the pod': ['spec.containers.readinessProbe.terminationGracePeriodSeconds'],
    'use preStop.sleep': under('spec.containers.lifecycle.preStop', 'exec httpGet tcpSocket'),
    'a container gets SIGTERM, after preStop': under('spec.containers.lifecycle', 'postStart stopSignal'),
    'use "npx tuesday exec"': under('spec.containers', 'stdin stdinOnce tty'),
  },
};
