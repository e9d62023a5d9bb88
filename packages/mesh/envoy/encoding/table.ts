import { readFileSync } from 'node:fs';
import { enumeration, SCALARS, type Scalar } from './scalars.ts';

/**
 * A field in table.json: its number, its type, and what else is to be known: that it is a list, that the numbers of the list
 * stand behind each other without tags, the type of a map's keys, or the oneof that it belongs to.
 */
export type Row =
  | [number: number, type: string, label?: undefined, more?: undefined]
  | [number: number, type: string, label: 'repeated' | 'packed', more?: undefined]
  | [number: number, type: string, label: 'map', key: string]
  | [number: number, type: string, label: 'oneof', oneof: string];

/** table.json. A type is a scalar's name, or the full name of an enum or a message of the table. */
export interface Table {
  messages: Record<string, Record<string, Row>>;
  enums: Record<string, Record<string, number>>;
}

type ValueType = { kind: 'scalar'; scalar: Scalar } | { kind: 'message'; name: string };

/** A field of a message, or the key or the value of a map's entry. */
export interface Field {
  number: number;
  type: ValueType;
  /** A zero of an `implicit` field is the same as nothing, and is not written; a message always is. */
  shape: 'implicit' | 'explicit' | 'list' | 'packed' | 'map';
  /** Of a map only. */
  entry?: { key: Field; value: Field };
  /** Of the fields that name the same oneof only one may be set. */
  oneof?: string;
}

/** A message of the table. */
export interface MessageType {
  /** The full name. */
  name: string;
  /** The field of that name in protobuf; undefined if there is none. */
  field(name: string): Field | undefined;
}

let table: Table | undefined;
const messageTypes = new Map<string, MessageType>();
const enums = new Map<string, Scalar>();

/**
 * A message by its full name; undefined for one that is not in the table. The first call reads table.json, and each field is
 * prepared when it is asked for: most of Envoy's fields are never used.
 */
export function messageType(name: string): MessageType | undefined {
  const known = messageTypes.get(name);
  if (known !== undefined) return known;
  const { messages } = (table ??= readTable());
  const rows = Object.hasOwn(messages, name) ? messages[name] : undefined;
  if (rows === undefined) return undefined;
  const type = createMessageType(name, rows);
  messageTypes.set(name, type);
  return type;
}

function createMessageType(name: string, rows: Readonly<Record<string, Row>>): MessageType {
  const fields = new Map<string, Field>();
  return {
    name,
    field(key) {
      const known = fields.get(key);
      if (known !== undefined) return known;
      const row = Object.hasOwn(rows, key) ? rows[key] : undefined;
      if (row === undefined) return undefined;
      const field = fieldOf(row);
      fields.set(key, field);
      return field;
    },
  };
}

function readTable(): Table {
  return JSON.parse(readFileSync(new URL('table.json', import.meta.url), 'utf8')) as Table;
}

function fieldOf([number, typeName, label, more]: Row): Field {
  const type = valueType(typeName);
  switch (label) {
    case 'repeated':
      return { number, type, shape: 'list' };
    case 'packed':
      return { number, type, shape: 'packed' };
    case 'map': {
      const key: Field = { number: 1, type: valueType(more), shape: 'explicit' };
      return { number, type, shape: 'map', entry: { key, value: { number: 2, type, shape: 'explicit' } } };
    }
    case 'oneof':
      return { number, type, shape: 'explicit', oneof: more };
    case undefined:
      return { number, type, shape: 'implicit' };
  }
}

function valueType(name: string): ValueType {
  const scalar = SCALARS.get(name) ?? enumOf(name);
  return scalar === undefined ? { kind: 'message', name } : { kind: 'scalar', scalar };
}

function enumOf(name: string): Scalar | undefined {
  const numbers = table?.enums[name];
  if (numbers === undefined) return undefined;
  const known = enums.get(name) ?? enumeration(name, numbers);
  enums.set(name, known);
  return known;
}
