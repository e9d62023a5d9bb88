/** Ends the PostgreSQL of `postgres.setup.mjs`. */
export default async function stopPostgres() {
  await globalThis.stopTestPostgres?.();
}
