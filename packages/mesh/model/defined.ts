type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The same object without the fields that are undefined. Undefined if no field is left. */
export function defined<T extends object>(fields: T): Partial<Defined<T>> | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Partial<Defined<T>>);
}
