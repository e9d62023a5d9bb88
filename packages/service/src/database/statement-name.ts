const names = new Map<string, string>();
const taken = new Set<string>();

/**
 * A name for a statement, the same each time and no other statement's: PostgreSQL keeps the plan of a named statement as
 * long as the connection is open, and short statements spend most of their time on planning.
 *
 * The name says what the statement does, e.g. `INSERT charges`, because OpenTelemetry's instrumentation of pg uses it in
 * the span's name. PostgreSQL allows 63 bytes.
 */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known) return known;
  const operation = (/\b(?:insert|update|delete|select)\b/i.exec(sql)?.[0] ?? 'statement').toUpperCase();
  const table = /\b(?:into|from|update)\s+(\w+)/i.exec(sql)?.[1];
  const plain = [operation, table].filter(Boolean).join(' ').slice(0, 56);
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = `${plain} ${n}`;
  taken.add(name);
  names.set(sql, name);
  return name;
}
