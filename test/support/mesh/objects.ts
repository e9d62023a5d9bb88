interface PodOptions {
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ports?: { name?: string; containerPort: number }[];
  account?: string;
}

/** Several YAML texts as one file. */
export function documents(...texts: string[]): string {
  return texts.join('\n---\n');
}

/** A Namespace; `injection` is `enabled`, `disabled`, or left out. */
export function namespace(name: string, injection?: string): string {
  const labels = injection === undefined ? {} : { labels: { 'istio-injection': injection } };
  return JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...labels } });
}

/** A Deployment whose pods have the label `app: NAME` and those of the options. */
export function deployment(name: string, options: PodOptions = {}): string {
  const { namespace: place = 'shop', labels = {}, annotations = {}, account = name } = options;
  const { ports = [{ name: 'http', containerPort: 8080 }] } = options;
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: place },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels }, annotations },
        spec: { serviceAccountName: account, containers: [{ name: 'app', image: 'app', ports }] },
      },
    },
  });
}

interface Port {
  name?: string;
  port: number;
  targetPort?: number | string;
  appProtocol?: string;
}

/** A Service for the pods with `app: NAME`; HTTP at port 80 unless other ports are given. */
export function service(
  name: string,
  {
    namespace: place = 'shop',
    app = name,
    ports = [{ name: 'http', port: 80, targetPort: 8080 }],
    annotations = {},
  }: { namespace?: string; app?: string; ports?: Port[]; annotations?: Record<string, string> } = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: place, annotations },
    spec: { selector: { app }, ports },
  });
}

/** A YAML text of one of Istio's kinds: its spec is written below it, two blanks in; its first line is `kind`. */
export function istio(kind: string, name: string, spec: string): string {
  const group = kind === 'Telemetry' ? 'telemetry' : /Auth/.test(kind) ? 'security' : 'networking';
  const [own, place = 'shop'] = name.split('.');
  return `kind: ${kind}\napiVersion: ${group}.istio.io/v1\nmetadata: { name: "${own}", namespace: ${place} }\nspec:\n${spec}`;
}
