import type { TypedConfig } from '../protobuf.ts';
import { EncodeError, shown, type Step } from './encode-error.ts';
import { isObject } from './object.ts';
import { messageType, type Field, type MessageType } from './table.ts';
import { FORMS } from './well-known.ts';
import { createWriter, WIRE } from './writer.ts';

const ANY = 'google.protobuf.Any';

// Encoding is synchronous, so one writer and one path serve all calls.
const writer = createWriter();
/** The way from the resource to what is written now. */
const path: Step[] = [];

/**
 * The bytes of a resource of protobuf JSON with the names of the .proto files (`virtual_hosts`, not `virtualHosts`): the
 * message that `@type` names, which is the `value` of its google.protobuf.Any. What is undefined or null is left out.
 * @throws {EncodeError} at the first part that its type does not allow: Envoy would refuse the whole resource
 * Sources: protobuf.dev, Encoding and ProtoJSON Format; the types are in table.json.
 */
export function encode(resource: TypedConfig): Buffer {
  path.length = 0;
  writer.clear();
  path.push(nameOf(resource));
  const url = urlOf(resource);
  writeTyped(url, resource);
  return writer.take();
}

/** The name of the resource, or else of its type: the start of a path. */
function nameOf(resource: TypedConfig): string {
  const name = resource['name'] ?? resource['cluster_name'];
  return typeof name === 'string' && name !== '' ? name : String(resource['@type']).replace(/^.*[./]/, '');
}

function fail(what: string): never {
  throw new EncodeError(path, what);
}

/** `type.googleapis.com/` and the full name of a type. */
function urlOf(json: Record<string, unknown>): string {
  const url = json['@type'];
  if (typeof url === 'string' && url.includes('/')) return url;
  path.push('@type');
  return fail(`${shown(url)} is not the URL of a type`);
}

function typeOf(name: string): MessageType {
  return messageType(name) ?? fail(`there is no message type ${name}`);
}

function writeAny(json: unknown): void {
  if (!isObject(json)) fail(`${shown(json)} is not an object with @type`);
  const url = urlOf(json);
  writer.tag(1, WIRE.LENGTH);
  writer.string(url);
  writer.tag(2, WIRE.LENGTH);
  const start = writer.begin();
  writeTyped(url, json);
  writer.end(start);
}

/** The fields stand beside `@type`; a type with a form of its own stands in `value` (ProtoJSON, "Any"). */
function writeTyped(url: string, json: Record<string, unknown>): void {
  const name = url.slice(url.lastIndexOf('/') + 1);
  const type = typeOf(name);
  if (name !== ANY && !FORMS.has(name)) return writeFields(type, json, 'beside @type');
  for (const key of Object.keys(json)) {
    if (key === '@type') continue;
    path.push(key);
    if (key !== 'value') fail(`${name} stands in "value", without other fields`);
    writeMessage(name, json[key]);
    path.pop();
  }
}

function writeMessage(name: string, json: unknown): void {
  if (name === ANY) return writeAny(json);
  const form = FORMS.get(name);
  if (form === undefined) return writeFields(typeOf(name), json, 'as written');
  const fields = form.fieldsOf(json) ?? fail(`${shown(json)} is not ${form.what} (${name})`);
  writeFields(typeOf(name), fields, 'from a form');
}

/**
 * The fields of a message. Those that come `from a form` are not in the JSON, so an error does not name them.
 * Source: protobuf.dev, ProtoJSON Format: null is the same as no field, and at most one field of a oneof may be there.
 */
function writeFields(type: MessageType, json: unknown, where: 'as written' | 'beside @type' | 'from a form'): void {
  if (!isObject(json)) fail(`${shown(json)} is not an object (${type.name})`);
  let oneofs: Map<string, string> | undefined;
  for (const key of Object.keys(json)) {
    const value = json[key];
    if (value === undefined || (key === '@type' && where === 'beside @type')) continue;
    if (where !== 'from a form') path.push(key);
    const field = type.field(key) ?? fail(`${type.name} has no such field`);
    if (value !== null) {
      if (field.oneof !== undefined) {
        const other = (oneofs ??= new Map()).get(field.oneof);
        if (other !== undefined) fail(`${other} is set too, and only one of ${field.oneof} may be (${type.name})`);
        oneofs.set(field.oneof, key);
      }
      writeField(field, value);
    }
    if (where !== 'from a form') path.pop();
  }
}

function writeField(field: Field, json: unknown): void {
  if (field.entry !== undefined) writeMap(field, field.entry, json);
  else if (field.shape === 'list' || field.shape === 'packed') writeList(field, json);
  else writeOne(field, json);
}

function writeList(field: Field, json: unknown): void {
  if (!Array.isArray(json)) fail(`${shown(json)} is not a list`);
  // Packed: one tag and one length for all numbers. Source: protobuf.dev, Encoding, "Packed Repeated Fields".
  const isPacked = field.shape === 'packed' && json.length > 0;
  if (isPacked) writer.tag(field.number, WIRE.LENGTH);
  const start = isPacked ? writer.begin() : 0;
  for (let index = 0; index < json.length; index += 1) {
    path.push(index);
    writeOne(field, json[index]);
    path.pop();
  }
  if (isPacked) writer.end(start);
}

/** Each entry is a message of a key and a value. Source: protobuf.dev, Encoding, "Maps". */
function writeMap({ number }: Field, { key, value }: NonNullable<Field['entry']>, json: unknown): void {
  if (!isObject(json)) fail(`${shown(json)} is not an object`);
  for (const name of Object.keys(json)) {
    if (json[name] === undefined) continue;
    path.push({ key: name });
    writer.tag(number, WIRE.LENGTH);
    const start = writer.begin();
    writeOne(key, name);
    writeOne(value, json[name]);
    writer.end(start);
    path.pop();
  }
}

/** A single value, an element of a list, or the key or value of a map. */
function writeOne({ number, type, shape }: Field, json: unknown): void {
  if (type.kind === 'message') {
    writer.tag(number, WIRE.LENGTH);
    const start = writer.begin();
    writeMessage(type.name, json);
    writer.end(start);
    return;
  }
  const { scalar } = type;
  const value = scalar.read(json) ?? fail(`${shown(json)} is not ${scalar.what}`);
  if (shape === 'implicit' && scalar.isZero(value)) return;
  if (shape !== 'packed') writer.tag(number, scalar.wireType);
  scalar.write(writer, value);
}
