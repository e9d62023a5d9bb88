import { field } from '../../envoy/encoding/writer.ts';
import { type ResourceType, TYPE_URLS } from './resource-type.ts';
import type { Versioned } from './resources.ts';

/** The fields of a DeltaDiscoveryRequest that are used here. */
export interface DiscoveryRequest {
  /** Empty but in the first request of a stream. */
  node: string;
  /** Undefined for a type that is not served. */
  type: ResourceType | undefined;
  subscribe: string[];
  unsubscribe: string[];
  /** The names of all resources that the proxy has, in the first request of a type after a reconnect. */
  present: string[];
  /** Of the response that this one answers; empty where it answers none. */
  nonce: string;
  /** Why the proxy refuses that response; undefined where it accepts it. */
  refusal: string | undefined;
}

/** A DeltaDiscoveryResponse. */
export interface DiscoveryResponse {
  type: ResourceType;
  nonce: string;
  resources: readonly Versioned[];
  removed: readonly string[];
}

const TYPE_OF = new Map(Object.entries(TYPE_URLS).map(([type, url]) => [url, type as ResourceType]));

/**
 * Reads a DeltaDiscoveryRequest. Throws RangeError for bytes that end within a field.
 * Source of the fields' numbers: envoy/service/discovery/v3/discovery.proto.
 */
export function readRequest(bytes: Buffer): DiscoveryRequest {
  const parts = [...partsOf(bytes)];
  const all = (number: number) => parts.filter((part) => part.number === number).map(({ value }) => value);
  const text = (number: number) => all(number).at(-1)?.toString() ?? '';
  const [node] = all(1);
  const error = all(7).at(-1);
  return {
    node: node === undefined ? '' : textIn(node, 1),
    type: TYPE_OF.get(text(2)),
    subscribe: all(3).map(String),
    unsubscribe: all(4).map(String),
    present: all(5).map((entry) => textIn(entry, 1)),
    nonce: text(6),
    refusal: error === undefined ? undefined : textIn(error, 2),
  };
}

/** The bytes of a DeltaDiscoveryResponse. A resource is named, versioned, and in an Any. */
export function writeResponse({ type, nonce, resources, removed }: DiscoveryResponse): Buffer {
  const url = TYPE_URLS[type];
  return Buffer.concat([
    ...resources.map(({ name, version, bytes = Buffer.alloc(0) }) => {
      const any = Buffer.concat([field(1, url), field(2, bytes)]);
      return field(2, Buffer.concat([field(1, version), field(2, any), field(3, name)]));
    }),
    field(4, url),
    field(5, nonce),
    ...removed.map((name) => field(6, name)),
  ]);
}

interface Part {
  number: number;
  value: Buffer;
}

function textIn(message: Buffer, number: number): string {
  return [...partsOf(message)].findLast((part) => part.number === number)?.value.toString() ?? '';
}

/** The length-delimited fields of a message, in their order; others are skipped. Source: protobuf.dev, Encoding. */
function* partsOf(bytes: Buffer): Generator<Part> {
  let at = 0;

  function varint(): number {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes.readUInt8(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  const skipped: Record<number, () => void> = { 0: varint, 1: () => (at += 8), 5: () => (at += 4) };
  while (at < bytes.length) {
    const tag = varint();
    const skip = skipped[tag & 7];
    if ((tag & 7) === 2) {
      const size = varint();
      at += size;
      if (at > bytes.length) throw new RangeError('The message ends within a field.');
      yield { number: tag >>> 3, value: bytes.subarray(at - size, at) };
    } else if (skip === undefined) throw new RangeError(`The message has the unknown wire type ${tag & 7}.`);
    else skip();
  }
}
