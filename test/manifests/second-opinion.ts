import * as networking from '@kubernetes-models/istio/networking.istio.io/v1';
import * as alpha from '@kubernetes-models/istio/networking.istio.io/v1alpha3';
import * as security from '@kubernetes-models/istio/security.istio.io/v1';
import * as telemetry from '@kubernetes-models/istio/telemetry.istio.io/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as core from 'kubernetes-models/v1';
import { parseYaml } from '../../packages/mesh/manifests/yaml.ts';
import { manifests } from './tree.ts';
import type { Tree } from './tree.ts';

/** Models made from the API server's own OpenAPI document and Istio's CRDs. They let unknown fields and bad durations pass. */
type Model = new (data: never) => { validate(): void };

const MODELS: Record<string, Model> = {
  Namespace: core.Namespace,
  ServiceAccount: core.ServiceAccount,
  ConfigMap: core.ConfigMap,
  Secret: core.Secret,
  Service: core.Service,
  Deployment: apps.Deployment,
  StatefulSet: apps.StatefulSet,
  Gateway: networking.Gateway,
  VirtualService: networking.VirtualService,
  DestinationRule: networking.DestinationRule,
  PeerAuthentication: security.PeerAuthentication,
  AuthorizationPolicy: security.AuthorizationPolicy,
  Telemetry: telemetry.Telemetry,
};

/** What the article's files say, and a cluster still accepts. */
const OF_THE_ARTICLE: Record<string, Model> = {
  VirtualService: alpha.VirtualService,
  DestinationRule: alpha.DestinationRule,
};

/** Nobody has models of it any more. */
const GONE = 'MeshPolicy';

/** Every object is valid in the eyes of somebody else too. */
export function othersAgree(tree: Tree): string[] {
  return manifests(tree).flatMap((file) =>
    parseYaml(file, tree.files.get(file) ?? '').flatMap(({ value }) => {
      const object = value as { apiVersion: string; kind: string };
      if (object.kind === GONE) return [];
      const Model = (object.apiVersion.endsWith('/v1alpha3') ? OF_THE_ARTICLE : MODELS)[object.kind];
      if (Model === undefined) return [`${file}: nobody has a second opinion on ${object.kind}`];
      try {
        new Model(object as never).validate();
        return [];
      } catch (error) {
        return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
      }
    }),
  );
}
