import pg from 'pg';

// SQLSTATE of: connection lost, no resources (for example no connection left), shutting down or starting, database or user
// not created yet. An error without SQLSTATE comes from the socket.
const AWAY = /^(08|53|57P|3D000|28000|28P01)/;

/** Whether a failure means that the database is not available (try again), not that the statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || AWAY.test(error.code ?? '');
}
