import { create, toBinary } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { makeTable, textOf } from './make-table.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

/** The descriptors of a message with one field. */
function withField(type: Type, more: object = {}, message = 'a.B'): Uint8Array {
  const [name, scope] = [message.split('.').at(-1)!, message.split('.').slice(0, -1).join('.')];
  const field = { name: 'c', number: 1, type, label: Label.OPTIONAL, jsonName: 'c', ...more };
  const file = { name: 'a.proto', package: scope, syntax: 'proto3', messageType: [{ name, field: [field] }] };
  return toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [file] }));
}

test('When the table is made of the descriptors, then it is table.json', () => {
  expect(textOf(makeTable(read('descriptors.binpb')))).toBe(read('../table.json').toString());
});

test.each([
  ['a list of numbers', { label: Label.REPEATED }, 'packed'],
  ['a list that is not packed', { label: Label.REPEATED, options: { packed: false } }, 'repeated'],
  ['nothing more', {}, undefined],
])('When a field is %s, then the table says so', (_what, more, label) => {
  const row = [1, 'uint32', ...(label === undefined ? [] : [label])];
  expect(makeTable(withField(Type.UINT32, more)).messages['a.B']).toEqual({ c: row });
});

test('When a field is marked optional, then it is the only one of a oneof, and so a zero is written', () => {
  const message = {
    name: 'B',
    oneofDecl: [{ name: '_c' }],
    field: [
      {
        name: 'c',
        number: 1,
        type: Type.BOOL,
        label: Label.OPTIONAL,
        jsonName: 'c',
        proto3Optional: true,
        oneofIndex: 0,
      },
    ],
  };
  const file = { name: 'a.proto', package: 'a', syntax: 'proto3', messageType: [message] };
  const set = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [file] }));
  expect(makeTable(set).messages['a.B']).toEqual({ c: [1, 'bool', 'oneof', '_c'] });
});

test.each([
  ['a scalar', withField(Type.SFIXED32), 'sfixed32 is not in SCALARS of scalars.ts'],
  [
    'a type of google.protobuf',
    withField(Type.STRING, {}, 'google.protobuf.FieldMask'),
    'google.protobuf.FieldMask is not in FORMS of well-known.ts',
  ],
])('When %s cannot be encoded, then no table is made', (_what, descriptors, message) => {
  expect(() => makeTable(descriptors)).toThrow(message);
});
