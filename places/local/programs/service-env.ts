/** What a pod's environment says of a Service. */
interface LinkedService {
  name: string;
  ip: string;
  /** Its ports, in the order of the manifest. */
  written: readonly { port: number; name?: string | undefined }[];
}

/**
 * The variables by which Kubernetes tells a pod of each Service of its namespace: `BILLING_SERVICE_HOST`, and those that Docker
 * once gave to linked containers, `BILLING_PORT_80_TCP_ADDR`. Source: Kubernetes, pkg/kubelet/envvars/envvars.go FromServices.
 */
export function serviceEnv(services: readonly LinkedService[]): Record<string, string> {
  return Object.fromEntries(services.flatMap(variablesOf));
}

function variablesOf({ name, ip, written }: LinkedService): [string, string][] {
  const prefix = variableName(name);
  const url = (port: number) => `tcp://${ip}:${port}`;
  const [first] = written;
  if (first === undefined) return [];
  return [
    [`${prefix}_SERVICE_HOST`, ip],
    [`${prefix}_SERVICE_PORT`, `${first.port}`],
    ...written.flatMap(({ port, name: portName }): [string, string][] =>
      portName === undefined ? [] : [[`${prefix}_SERVICE_PORT_${variableName(portName)}`, `${port}`]],
    ),
    [`${prefix}_PORT`, url(first.port)],
    ...written.flatMap(({ port }): [string, string][] => {
      const own = `${prefix}_PORT_${port}_TCP`;
      return [
        [own, url(port)],
        [`${own}_PROTO`, 'tcp'],
        [`${own}_PORT`, `${port}`],
        [`${own}_ADDR`, ip],
      ];
    }),
  ];
}

const variableName = (name: string) => name.toUpperCase().replaceAll('-', '_');
