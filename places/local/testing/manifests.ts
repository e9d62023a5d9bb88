import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AppOptions {
  name?: string;
  app?: string;
  version?: string;
  replicas?: number;
  /** More lines of the container, at its indentation. */
  container?: string;
  image?: string;
  grace?: number;
}

/** A Deployment of the stub program, as YAML. */
export function deployment({
  app = 'web',
  version = 'v1',
  name = `${app}-${version}`,
  replicas = 1,
  container = '',
  image = 'stub.local/app:dev',
  grace = 30,
}: AppOptions = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${app}, version: ${version} } }
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: ${app}, version: ${version} } }
    spec:
      terminationGracePeriodSeconds: ${grace}
      containers:
        - name: app
          image: ${image}
          ports: [{ name: http, containerPort: 8080 }]
          env:
            - { name: POD_NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
            - { name: SERVICE_VERSION, valueFrom: { fieldRef: { fieldPath: "metadata.labels['version']" } } }
          readinessProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 1, failureThreshold: 1 }
${container}`;
}

/** A Service in front of the pods of an app. */
export function service(app: string, port = 80): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  selector: { app: ${app} }
  ports: [{ name: http, port: ${port}, targetPort: http, appProtocol: http }]
`;
}

/** Writes documents as a folder that startRunner takes, with an empty state folder beside it. */
export function overlay(documents: string[]): { overlay: string; state: string; file: string } {
  const root = mkdtempSync(join(tmpdir(), 'tuesday-node-'));
  const folder = join(root, 'overlay');
  const file = join(folder, 'all.yaml');
  mkdirSync(folder);
  writeFileSync(file, documents.join('---\n'));
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources: [all.yaml]\n',
  );
  return { overlay: folder, state: join(root, 'state'), file };
}
