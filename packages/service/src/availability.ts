import pg from 'pg';

// Connection lost, no resources (a server that has no connection left is one), shut down or starting, no such database
// yet, or not for this user yet. What no PostgreSQL said comes from the socket.
const AWAY = /^(08|53|57P|3D000|28000|28P01)/;

/** Whether a failure says "the database is not there, try again" rather than "the statement is wrong". */
export function isUnavailable(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || AWAY.test(error.code ?? '');
}
