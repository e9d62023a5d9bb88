import type { Answer, Hop, ServedBy } from './types.ts';

/** One stop on a request's path, and the stops after it. `ms` is missing where it was not measured. */
export interface Stop {
  service: string;
  version?: string;
  pod?: string;
  /** The SPIFFE identity that the caller proved, null where the call came without mTLS; missing for the browser's own call. */
  peer?: string | null;
  ms?: number;
  next: Stop[];
}

/**
 * Orders an answer's evidence as the path of the request: the gateway, the service that answered, and the services that it
 * called.
 *
 * The gateway writes no evidence of its own, so its time is what the browser measured for the whole. A hop whose caller
 * is not among the stops is shown below the service that answered rather than lost.
 */
export function trail({ body, serverTiming, ms }: Answer): Stop | undefined {
  const { servedBy, hops = [] } = body;
  if (!servedBy) return undefined;
  const others = hops.filter((hop) => hop.pod !== servedBy.pod);
  const own =
    hops.find((hop) => hop.pod === servedBy.pod)?.ms ??
    timings(serverTiming).find((t) => t.name === servedBy.service)?.ms;
  const known = new Set([servedBy.service, ...others.map((hop) => hop.service)]);
  const calledBy = (service: string): Stop[] =>
    others
      .filter(
        (hop) =>
          (known.has(hop.calledBy) && hop.calledBy !== hop.service ? hop.calledBy : servedBy.service) === service,
      )
      .map((hop) => ({ ...stop(hop), ms: hop.ms, next: calledBy(hop.service) }));
  const answered = { ...stop(servedBy), ...(own !== undefined && { ms: own }), next: calledBy(servedBy.service) };
  return { service: 'gateway', ms, next: [answered] };
}

function stop({ service, version, pod, peer }: ServedBy | Hop) {
  return { service, version, pod, peer };
}

/** One entry of a Server-Timing header; `ms` is 0 for a mark without a duration. */
export interface Timing {
  name: string;
  ms: number;
  description: string;
}

/** Reads a Server-Timing header (W3C); what it cannot read it leaves out. */
export function timings(header: string): Timing[] {
  const entries = header.match(/[^,"]+("[^"]*"[^,"]*)*/g) ?? [];
  return entries.flatMap((entry) => {
    const name = /^\s*([\w.-]+)/.exec(entry)?.[1];
    const description = /;\s*desc=(?:"([^"]*)"|([^;,\s]*))/.exec(entry);
    if (!name) return [];
    return {
      name,
      ms: Number(/;\s*dur=([\d.]+)/.exec(entry)?.[1] ?? 0),
      description: description?.[1] ?? description?.[2] ?? '',
    };
  });
}

/** How often each version of each service has answered, by `service version`. */
export type Tally = Readonly<Record<string, number>>;

/** Adds an answer's evidence: the service that answered, and all services that were called for it. */
export function countIn(tally: Tally, { body }: Answer): Tally {
  const seen = new Map<string, ServedBy>();
  const all = body.servedBy ? [body.servedBy, ...(body.hops ?? [])] : (body.hops ?? []);
  const next: Record<string, number> = { ...tally };
  for (const [index, one] of all.entries()) {
    // The service that answered may name itself among its hops too: that is one answer, not two.
    if (index > 0 && seen.has(one.pod) && one.pod === body.servedBy?.pod) continue;
    seen.set(one.pod, one);
    const name = `${one.service} ${one.version}`;
    next[name] = (next[name] ?? 0) + 1;
  }
  return next;
}
