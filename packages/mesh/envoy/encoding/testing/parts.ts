import type { DescField, DescMessage } from '@bufbuild/protobuf';
import type { TypedConfig } from '../../protobuf.ts';
import { descriptorOf } from './reference.ts';

type Fields = Record<string, unknown>;

/** A field that is set somewhere in a resource. */
export interface Part {
  /** As an error should name it. */
  path: string;
  /** The full name of its message. */
  type: string;
  field: DescField;
  /** The object that it stands in, which a test may change. */
  parent: Fields;
}

/** All fields that are set in a resource and in its messages, but not what is in a google.protobuf.Struct. */
export function partsOf(resource: TypedConfig, path: string): Part[] {
  return partsOfMessage(descriptorOf(resource['@type']), resource, path);
}

function partsOfMessage(schema: DescMessage, json: Fields, path: string): Part[] {
  if (schema.typeName === 'google.protobuf.Any') return partsOf(json as TypedConfig, path);
  if (schema.typeName.startsWith('google.protobuf.')) return [];
  const set = schema.fields.filter(({ name }) => json[name] !== undefined);
  return set.flatMap((field) => {
    const part = { path: `${path}.${field.name}`, type: schema.typeName, field, parent: json };
    return [part, ...valuesOf(part).flatMap(([value, at]) => (field.message ? inside(field.message, value, at) : []))];
  });
}

function inside(schema: DescMessage, value: unknown, path: string): Part[] {
  return partsOfMessage(schema, value as Fields, path);
}

function valuesOf({ field, parent, path }: Part): [unknown, string][] {
  const value = parent[field.name];
  if (field.fieldKind === 'list') return (value as unknown[]).map((one, index) => [one, `${path}[${index}]`]);
  if (field.fieldKind !== 'map') return [[value, path]];
  return Object.entries(value as Fields).map(([key, one]) => [one, `${path}[${JSON.stringify(key)}]`]);
}
