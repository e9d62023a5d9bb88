type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the fields that are undefined: what was not written must not look like a value. Undefined if none is left. */
export function defined<T extends object>(fields: T): Partial<Defined<T>> | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Partial<Defined<T>>);
}
