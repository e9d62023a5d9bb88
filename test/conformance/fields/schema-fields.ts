import type { z } from 'zod';

/** What a schema is made of, as far as it is walked here (zod 4, `schema.def`). */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  /** Of an enumeration. */
  entries?: Record<string, string>;
  /** Of a literal. */
  values?: unknown[];
}

/** A field that a schema accepts: its path in the notation of recordings/fields.json, `spec.ports[].name`, with `.*` for keys of a map. */
export interface SchemaField {
  path: string;
  /** The only values that it takes; undefined for a field without such a list. */
  values?: string[];
}

/** All fields without fields of their own that a schema accepts. */
export function fieldsOf(schema: z.ZodType, path = ''): SchemaField[] {
  const { type, shape, element, valueType, innerType, options, entries, values, ...rest } = schema.def as Definition;
  const inner = innerType ?? rest.in;
  if (inner) return fieldsOf(inner, path);
  if (type === 'object')
    return Object.entries(shape ?? {}).flatMap(([name, field]) =>
      fieldsOf(field, path === '' ? name : `${path}.${name}`),
    );
  if (type === 'array' && element) return fieldsOf(element, `${path}[]`);
  if (type === 'record' && valueType) return fieldsOf(valueType, `${path}.*`);
  if (type === 'union') {
    const all = (options ?? []).flatMap((option) => fieldsOf(option, path));
    return all.filter((one, index) => all.findIndex((other) => other.path === one.path) === index);
  }
  const only = entries ? Object.values(entries) : values?.map(String);
  return [{ path, ...(only && { values: only }) }];
}
