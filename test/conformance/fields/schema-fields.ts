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
}

/**
 * The paths of all fields that a schema accepts, in the notation of recordings/fields.json: `spec.ports[].name`, and `.*` for
 * the keys of a map.
 */
export function fieldsOf(schema: z.ZodType, path = ''): string[] {
  const { type, shape, element, valueType, innerType, options, ...rest } = schema.def as Definition;
  const inner = innerType ?? rest.in;
  if (inner) return fieldsOf(inner, path);
  if (type === 'object')
    return Object.entries(shape ?? {}).flatMap(([name, field]) =>
      fieldsOf(field, path === '' ? name : `${path}.${name}`),
    );
  if (type === 'array' && element) return fieldsOf(element, `${path}[]`);
  if (type === 'record' && valueType) return fieldsOf(valueType, `${path}.*`);
  if (type === 'union') return [...new Set((options ?? []).flatMap((option) => fieldsOf(option, path)))];
  return [path];
}
