import type { z } from 'zod';
import { configMap, namespace, secret, serviceAccount } from './config.ts';
import { authorizationPolicy } from './istio/authorization-policy.ts';
import { destinationRule } from './istio/destination-rule.ts';
import { gateway } from './istio/gateway.ts';
import { meshPolicy, peerAuthentication } from './istio/peer-authentication.ts';
import { telemetry } from './istio/telemetry.ts';
import { virtualService } from './istio/virtual-service.ts';
import { service } from './service.ts';
import { deployment, statefulSet } from './workloads.ts';

const SCHEMAS: Record<string, z.ZodType> = {
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
  AuthorizationPolicy: authorizationPolicy,
  Telemetry: telemetry,
  MeshPolicy: meshPolicy,
};

/** What an object of a kind may hold: the subset that this mesh models. Throws for a kind that is not in table.ts. */
export function schemaOf(kind: string): z.ZodType {
  const schema = SCHEMAS[kind];
  if (schema === undefined) throw new Error(`there is no schema of ${kind}`);
  return schema;
}
