import { askAdmin, redactKeys } from '../envoys/envoy-admin.ts';
import type { Pod } from '../pods/pod.ts';
import { ApiError, type ApiRequest, podOf } from './request.ts';

/** The requests to an Envoy's admin interface that the API allows. None of them changes anything. */
const REQUESTS: Record<string, string> = {
  config_dump: 'GET /config_dump?include_eds',
  clusters: 'GET /clusters?format=json',
};

/** The present configuration of a pod's Envoy, as its admin interface gives it, without private keys. Throws ApiError. */
export async function envoyOf(request: ApiRequest): Promise<unknown> {
  const pod = podOf(request);
  const question = REQUESTS[request.words[2] ?? ''];
  if (question === undefined) throw new ApiError(404, `There is no Envoy page "${request.words[2]}" here.`);
  if (pod.proxy === undefined) throw new ApiError(409, whyNoEnvoy(request, pod));
  const answer = await askAdmin(pod.proxy.placement.adminSocket, question).catch((error: Error) => {
    throw new ApiError(503, `The Envoy of ${pod.name} does not answer: ${error.message}`);
  });
  return redactKeys(JSON.parse(answer.text));
}

function whyNoEnvoy({ runner }: ApiRequest, { name }: Pod): string {
  return runner.plane === undefined
    ? 'There is no mesh: the shop was started with --no-mesh.'
    : `${name} has no sidecar: npx tuesday describe pod ${name} says why.`;
}

/** The validity of the certificate that a pod's Envoy uses, as ISO times; undefined where it has none, or does not answer. */
export async function certificateOf(
  { proxy }: Pick<Pod, 'proxy'>,
  identity: string,
): Promise<{ notBefore: string; notAfter: string } | undefined> {
  if (proxy === undefined) return undefined;
  try {
    const { text } = await askAdmin(proxy.placement.adminSocket, 'GET /certs');
    const { certificates = [] } = JSON.parse(text) as { certificates?: { cert_chain?: Chained[] }[] };
    const own = certificates
      .flatMap(({ cert_chain = [] }) => cert_chain)
      .find(({ subject_alt_names = [] }) => subject_alt_names.some(({ uri }) => uri === identity));
    return own && { notBefore: own.valid_from, notAfter: own.expiration_time };
  } catch {
    return undefined;
  }
}

interface Chained {
  subject_alt_names?: { uri?: string }[];
  valid_from: string;
  expiration_time: string;
}
