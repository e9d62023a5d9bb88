/** Fields as kubectl describes them: names in one column, values in the next, further values below. */
export function fields(
  pairs: readonly (readonly [name: string, value: string | readonly string[] | undefined])[],
): string {
  const shown = pairs.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...shown.map(([name]) => name.length)) + 3;
  const lines = shown.flatMap(([name, value]) => {
    const values = typeof value === 'string' ? [value] : [...(value ?? [])];
    return (values.length === 0 ? ['<none>'] : values).map(
      (one, index) => `${index === 0 ? `${name}:` : ''}`.padEnd(width) + one,
    );
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** `key=value` each. */
export function pairs(record: Record<string, unknown> = {}): string[] {
  return Object.entries(record).map(([key, value]) => `${key}=${String(value)}`);
}
