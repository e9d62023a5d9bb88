import pg from 'pg';

// SQLSTATE of: connection lost, no resources (for example no connection left), shutting down or starting, database or user
// not created yet.
const AWAY = /^(08|53|57P|3D000|28000|28P01)/;

// pg's own errors about a connection have no code; those of a socket or of a name have the system's, such as ECONNREFUSED.
const LOST =
  /^(Connection terminated|Client (has encountered|was closed)|timeout (expired|exceeded)|Query read timeout|Cannot use a pool|The server does not support SSL|There was an error establishing an SSL)/;
const SYSTEM = /^E[A-Z_]+$/;

/** Whether a failure means that the database is not available (try again), not that the statement, a migration or our code is wrong. */
export function isUnavailable(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return error instanceof pg.DatabaseError ? AWAY.test(code) : SYSTEM.test(code) || LOST.test(message);
}
