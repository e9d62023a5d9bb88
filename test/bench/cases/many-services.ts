import { type Resource, readText } from '@tuesday/mesh/manifests';

/** The objects of `count` services, each with two versions, a canary, mutual TLS and a policy, like the shop's. */
export function manyServices(count: number): Resource[] {
  const names = Array.from({ length: count }, (_, index) => `service-${index}`);
  const text = [NAMESPACE, STRICT, ...names.map((name) => service(name))].join('---\n');
  return readText({ file: 'many-services.yaml', text, namespace: 'shop' });
}

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
`;

const STRICT = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default }
spec: { mtls: { mode: STRICT } }
`;

const service = (name: string) =>
  [
    `apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name} }
`,
    `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: ${name} }
  ports: [{ name: http, port: 80, targetPort: 8080, appProtocol: http }]
`,
    ...['v1', 'v2'].map((version) => deployment(name, version)),
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec:
  hosts: [${name}]
  http:
    - route:
        - { destination: { host: ${name}, subset: v1 }, weight: 90 }
        - { destination: { host: ${name}, subset: v2 }, weight: 10 }
      timeout: 800ms
      retries: { attempts: 2, perTryTimeout: 250ms, retryOn: "connect-failure,refused-stream" }
`,
    `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name} }
spec:
  host: ${name}
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
`,
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: allow-${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  rules:
    - from: [{ source: { serviceAccounts: [service-0] } }]
      to: [{ operation: { methods: [GET], paths: [/things] } }]
`,
  ].join('---\n');

const deployment = (name: string, version: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${version} }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name}, version: ${version} } }
  template:
    metadata: { labels: { app: ${name}, version: ${version} } }
    spec:
      serviceAccountName: ${name}
      containers:
        - name: ${name}
          image: tuesday.local/${name}:dev
          ports: [{ containerPort: 8080 }]
`;
