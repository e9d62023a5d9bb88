import type { RefusedFields } from './place.ts';

const ONE_MACHINE = 'there is one machine, and nothing outside of it comes in but through the gateway';

/** Fields of Kubernetes' kinds, without those of pods. */
export const REFUSED_OF_KUBERNETES: RefusedFields = {
  Object: {
    'write a name': ['metadata.generateName'],
    'a server writes it': ['metadata.deletionTimestamp', 'metadata.deletionGracePeriodSeconds'],
    'nothing is deleted with its owner, or kept until something else is done': [
      'metadata.ownerReferences',
      'metadata.finalizers',
    ],
  },
  ServiceAccount: { 'pods have no tokens here': ['secrets', 'imagePullSecrets'] },
  ConfigMap: { 'write text into data': ['binaryData'] },
  Service: {
    [ONE_MACHINE]: [
      'spec.ports.nodePort',
      'spec.externalIPs',
      'spec.loadBalancerIP',
      'spec.loadBalancerSourceRanges',
      'spec.externalTrafficPolicy',
      'spec.healthCheckNodePort',
      'spec.allocateLoadBalancerNodePorts',
      'spec.loadBalancerClass',
      'spec.trafficDistribution',
    ],
    'hosts outside of the mesh are called directly here': ['spec.externalName'],
    'use consistentHash in a DestinationRule': ['spec.sessionAffinityConfig'],
  },
  Deployment: {
    'write matchLabels': ['spec.selector.matchExpressions'],
    'a change is rolled out at once here': ['spec.paused'],
  },
  StatefulSet: {
    'write matchLabels': ['spec.selector.matchExpressions'],
    'pods are replaced one at a time, and counted from 0': [
      'spec.updateStrategy.rollingUpdate.maxUnavailable',
      'spec.ordinals',
    ],
    'a claim is a folder of the state here': [
      'spec.volumeClaimTemplates.spec.selector',
      'spec.volumeClaimTemplates.spec.resources.limits',
      'spec.volumeClaimTemplates.spec.resources.requests.*',
      'spec.volumeClaimTemplates.spec.volumeName',
      'spec.volumeClaimTemplates.spec.dataSource',
      'spec.volumeClaimTemplates.spec.dataSourceRef',
      'spec.volumeClaimTemplates.spec.volumeAttributesClassName',
    ],
  },
};
