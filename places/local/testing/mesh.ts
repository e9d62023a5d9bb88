import { processEnvironment } from '../config.ts';
import { envoyPath } from '../envoys/envoy-path.ts';

/** Path of the Envoy for tests, which the tests' set-up step fetches. Throws when there is none. */
export function testEnvoy(): string {
  const path = envoyPath(processEnvironment());
  if (path === undefined) throw new Error('There is no Envoy: run npm test once, or set ENVOY_PATH.');
  return path;
}

/** The namespace of the tests, with injection and STRICT mutual TLS. */
export const INJECTED = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default }
spec: { mtls: { mode: STRICT } }
`;

/** A test's Deployment, as YAML, with pods that get no sidecar. */
export function outside(deployment: string): string {
  return deployment.replace('metadata: { labels: {', 'metadata: { labels: { sidecar.istio.io/inject: "false",');
}

/** A gateway: a Deployment, its Service, and what leads through it to the Service `app`. */
export function gatewayTo(app: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway }
spec:
  replicas: 1
  selector: { matchLabels: { app: gateway } }
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  template:
    metadata:
      labels: { app: gateway, sidecar.istio.io/inject: "true" }
      annotations: { inject.istio.io/templates: gateway }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
---
apiVersion: v1
kind: Service
metadata: { name: gateway }
spec:
  selector: { app: gateway }
  ports: [{ name: http, port: 80, targetPort: 8080, appProtocol: http }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway }
spec:
  selector: { app: gateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${app} }
spec:
  hosts: ["*"]
  gateways: [gateway]
  http: [{ route: [{ destination: { host: ${app} } }] }]
`;
}
