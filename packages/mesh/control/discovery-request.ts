/** The fields of a DiscoveryRequest that are used here. */
export interface DiscoveryRequest {
  node: string;
  version: string;
  names: readonly string[];
}

const NODE = Buffer.from('"node":');
/** The fields that can follow the node in Envoy's order. */
const AFTER_NODE = [',"resource_names":', ',"type_url":', ',"error_detail":'];

/**
 * Makes the reader for the requests of one connection. Each request has the whole node, 77 KB, always the same bytes: they
 * are parsed once and skipped from then on. The reader throws SyntaxError for text that is no JSON, and TypeError for a
 * request without a node id.
 */
export function createRequestReader(): (body: Buffer) => DiscoveryRequest {
  let known: { bytes: Buffer; id: string } | undefined;

  return function readRequest(body) {
    const start = body.indexOf(NODE) + NODE.length;
    if (known !== undefined && body.subarray(start, start + known.bytes.length).equals(known.bytes)) {
      const rest = `${body.toString('utf8', 0, start)}{}${body.toString('utf8', start + known.bytes.length)}`;
      return { ...fieldsOf(JSON.parse(rest)), node: known.id };
    }
    const request = JSON.parse(body.toString('utf8'));
    const id: unknown = request.node?.id;
    if (typeof id !== 'string' || id === '') throw new TypeError('A request for resources names no node.');
    const end = endOfNode(body, start);
    if (end !== undefined) known = { bytes: Buffer.from(body.subarray(start, end)), id };
    return { ...fieldsOf(request), node: id };
  };
}

function fieldsOf(request: { version_info?: string; resource_names?: string[] }) {
  return { version: request.version_info ?? '', names: request.resource_names ?? [] };
}

/** The index at which the JSON of the node ends; undefined if it cannot be found: then every request is parsed completely. */
function endOfNode(body: Buffer, start: number): number | undefined {
  const ends = AFTER_NODE.map((text) => body.lastIndexOf(text)).filter((index) => index > start);
  const end = Math.min(...ends);
  try {
    JSON.parse(body.toString('utf8', start, end));
    return end;
  } catch {
    return undefined;
  }
}
