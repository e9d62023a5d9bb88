import { createFileRegistry, fromBinary, ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { FieldDescriptorProto_Type, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { compare } from '../../../manifests/compare.ts';
import { SCALARS } from '../scalars.ts';
import type { Row, Table } from '../table.ts';
import { FORMS } from '../well-known.ts';

/** The messages of google.protobuf that encode.ts writes without an entry in FORMS. */
const OTHERS = new Set(['google.protobuf.Any', 'google.protobuf.Empty']);

/**
 * The table that encode.ts reads, with every message and enum of a descriptor set.
 * @param descriptors a google.protobuf.FileDescriptorSet in bytes
 * @throws {Error} for a type that encode.ts could not write, with the field: it says what to add
 */
export function makeTable(descriptors: Uint8Array): Table {
  const messages: [string, Record<string, Row>][] = [];
  const enums: [string, Record<string, number>][] = [];
  for (const type of createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors))) {
    if (type.kind === 'message') messages.push([type.typeName, fieldsOf(type)]);
    if (type.kind === 'enum')
      enums.push([type.typeName, Object.fromEntries(type.values.map(({ name, number }) => [name, number]))]);
  }
  return { messages: sorted(messages), enums: sorted(enums) };
}

/** The text of table.json: one line for each type, so that a difference between two versions of Envoy can be read. */
export function textOf({ messages, enums }: Table): string {
  const lines = (types: object) =>
    Object.entries(types).map(([name, type]) => `${JSON.stringify(name)}:${JSON.stringify(type)}`);
  return `{"messages":{\n${lines(messages).join(',\n')}\n},"enums":{\n${lines(enums).join(',\n')}\n}}\n`;
}

function sorted<Type>(entries: [string, Type][]): Record<string, Type> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => compare(a, b)));
}

function fieldsOf({ typeName, fields }: DescMessage): Record<string, Row> {
  if (typeName.startsWith('google.protobuf.') && !FORMS.has(typeName) && !OTHERS.has(typeName))
    throw new Error(`${typeName} is not in FORMS of well-known.ts.`);
  return Object.fromEntries(fields.map((field) => [field.name, rowOf(field)]));
}

function rowOf(field: DescField): Row {
  const { number } = field;
  const type = typeOf(field);
  if (field.fieldKind === 'map') return [number, type, 'map', scalarName(field, field.mapKey)];
  if (field.fieldKind === 'list') return [number, type, field.packed ? 'packed' : 'repeated'];
  // As in protoc, a field that is marked `optional` is the only one of a oneof.
  if (field.proto.proto3Optional) return [number, type, 'oneof', `_${field.name}`];
  return field.oneof === undefined ? [number, type] : [number, type, 'oneof', field.oneof.name];
}

function typeOf(field: DescField): string {
  if (field.proto.type === FieldDescriptorProto_Type.GROUP) throw new Error(`${field}: encode.ts writes no groups.`);
  if (field.message !== undefined) return field.message.typeName;
  return field.enum?.typeName ?? scalarName(field, field.scalar!);
}

function scalarName(field: DescField, scalar: ScalarType): string {
  const name = ScalarType[scalar].toLowerCase();
  if (!SCALARS.has(name)) throw new Error(`${field}: ${name} is not in SCALARS of scalars.ts.`);
  return name;
}
