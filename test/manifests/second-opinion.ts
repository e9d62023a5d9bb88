import * as networking from '@kubernetes-models/istio/networking.istio.io/v1';
import * as alpha from '@kubernetes-models/istio/networking.istio.io/v1alpha3';
import * as security from '@kubernetes-models/istio/security.istio.io/v1';
import * as telemetry from '@kubernetes-models/istio/telemetry.istio.io/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as core from 'kubernetes-models/v1';
import { parseYaml } from '@tuesday/mesh/manifests';
import { manifests } from './tree.ts';
import type { Tree } from './tree.ts';

/** Models made from the API server's own OpenAPI document and Istio's CRDs. They accept unknown fields and wrong durations. */
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
  RequestAuthentication: security.RequestAuthentication,
  AuthorizationPolicy: security.AuthorizationPolicy,
  Telemetry: telemetry.Telemetry,
};

/** The models of the article's old versions, which a cluster still accepts. */
const OF_THE_ARTICLE: Record<string, Model> = {
  VirtualService: alpha.VirtualService,
  DestinationRule: alpha.DestinationRule,
};

/** A removed kind, of which there are no models any more. */
const REMOVED = 'MeshPolicy';

/** Every object is valid by published models too, not only by our own schemas. */
export function publishedModelsAgree(tree: Tree): string[] {
  return manifests(tree).flatMap((file) =>
    parseYaml(file, tree.files.get(file) ?? '').flatMap(({ value }) => {
      const object = value as { apiVersion: string; kind: string };
      if (object.kind === REMOVED) return [];
      const Model = (object.apiVersion.endsWith('/v1alpha3') ? OF_THE_ARTICLE : MODELS)[object.kind];
      if (Model === undefined) return [`${file}: there is no published model of ${object.kind}`];
      try {
        new Model(object as never).validate();
        return [];
      } catch (error) {
        return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
      }
    }),
  );
}
