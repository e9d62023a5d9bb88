import type { z } from 'zod';
import { configMap, namespace, secret, serviceAccount } from './config.ts';
import { authorizationPolicy } from './istio/security/authorization-policy.ts';
import { destinationRule } from './istio/destination-rule.ts';
import { gateway } from './istio/gateway.ts';
import { meshPolicy, peerAuthentication } from './istio/security/peer-authentication.ts';
import { requestAuthentication } from './istio/security/request-authentication.ts';
import { telemetry } from './istio/telemetry.ts';
import { virtualService } from './istio/virtual-service.ts';
import { service } from './service.ts';
import type { KindName } from './table.ts';
import { deployment, statefulSet } from './workloads.ts';

/** The schema of each kind: the fields that this mesh models. */
export const SCHEMAS = {
  Namespace: namespace,
  ServiceAccount: serviceAccount,
  ConfigMap: configMap,
  Secret: secret,
  Service: service,
  StatefulSet: statefulSet,
  Deployment: deployment,
  Gateway: gateway,
  VirtualService: virtualService,
  DestinationRule: destinationRule,
  PeerAuthentication: peerAuthentication,
  RequestAuthentication: requestAuthentication,
  AuthorizationPolicy: authorizationPolicy,
  Telemetry: telemetry,
  MeshPolicy: meshPolicy,
} satisfies Record<KindName, z.ZodType>;

/** The parsed type of each kind. */
export type Kinds = { [K in KindName]: z.output<(typeof SCHEMAS)[K]> };
