import { databaseVariables, readEnvironment } from '@tuesday/service';

const variables = { ...databaseVariables, BANK_DATABASE_URL: databaseVariables.DATABASE_URL };

/**
 * The environment of billing. `DATABASE_URL` comes from the Secret billing-database, `BANK_DATABASE_URL` from bank-database: the
 * stand-in for a payment provider keeps its book there. Its one connection is one of the pod's.
 */
export function readConfig(env: Record<string, string | undefined>) {
  const { env: own, ...service } = readEnvironment(env, variables);
  const databaseConnections = Math.max(1, own.DATABASE_CONNECTIONS - 1);
  return { ...service, databaseUrl: own.DATABASE_URL, databaseConnections, bankDatabaseUrl: own.BANK_DATABASE_URL };
}
export type BillingConfig = ReturnType<typeof readConfig>;
