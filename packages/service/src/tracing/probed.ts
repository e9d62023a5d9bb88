/** What machines ask every few seconds: neither logged nor traced. */
export const PROBED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
