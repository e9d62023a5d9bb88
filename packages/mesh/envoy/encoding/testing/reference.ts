import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import {
  createFileRegistry,
  equals,
  fromBinary,
  fromJson,
  toJson,
  type DescMessage,
  type JsonValue,
  type Message,
} from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { TypedConfig } from '../../protobuf.ts';

/** The types from which table.json is made. */
const DESCRIPTORS = readFileSync(new URL('../descriptors/descriptors.binpb', import.meta.url));
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, DESCRIPTORS));

/** The descriptor of the type that a `@type` names. */
export function descriptorOf(url: string): DescMessage {
  const found = registry.getMessage(url.slice(url.lastIndexOf('/') + 1));
  if (found === undefined) throw new Error(`no descriptor of ${url}`);
  return found;
}

/**
 * Expects that these bytes hold the message of a resource: @bufbuild/protobuf, which has nothing to do with encode.ts, reads
 * the one from the JSON and the other from the bytes.
 */
export function expectSame({ '@type': url, ...fields }: TypedConfig, bytes: Uint8Array): void {
  const schema = descriptorOf(url);
  const expected = fromJson(schema, JSON.parse(JSON.stringify(fields)) as JsonValue, { registry });
  const actual = fromBinary(schema, bytes);
  const show = (message: Message) => toJson(schema, message, { registry });
  expect(show(actual)).toEqual(show(expected));
  // Also what JSON does not show: fields that are unknown, and a -0.
  expect(equals(schema, expected, actual, { registry, unpackAny: true, unknown: true })).toBe(true);
}

/** A resource of a type, by its full name. */
export const resource = (type: string, fields: object): TypedConfig => ({
  '@type': `type.googleapis.com/${type}`,
  ...fields,
});
