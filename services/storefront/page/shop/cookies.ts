/** The value of a cookie, or undefined. `cookies` is what `document.cookie` gives. */
export function readCookie(cookies: string, name: string): string | undefined {
  const found = cookies.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** The text to assign to `document.cookie` so that the value is kept for `days` (0 removes the cookie). */
export function cookie(name: string, value: string, days: number): string {
  return `${name}=${value}; Path=/; Max-Age=${days * 86_400}; SameSite=Lax`;
}

/** A random UUID (version 4). `crypto.randomUUID` exists on secure origins only, and the address of a cluster's node is not one. */
export function uuid(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = random(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
