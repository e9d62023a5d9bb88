import { databaseVariables, readEnvironment } from '@tuesday/service';

/** The environment of billing. `DATABASE_URL` comes from the Secret billing-database. */
export function readConfig(env: Record<string, string | undefined>) {
  const { env: own, ...service } = readEnvironment(env, databaseVariables);
  return { ...service, databaseUrl: own.DATABASE_URL, databaseConnections: own.DATABASE_CONNECTIONS };
}
export type BillingConfig = ReturnType<typeof readConfig>;
