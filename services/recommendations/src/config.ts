import { databaseVariables, readEnvironment } from '@tuesday/service';

/** The environment of recommendations. `DATABASE_URL` comes from the Secret recommendations-database. */
export function readConfig(env: Record<string, string | undefined>) {
  const { env: own, ...service } = readEnvironment(env, databaseVariables);
  return { ...service, databaseUrl: own.DATABASE_URL, databaseConnections: own.DATABASE_CONNECTIONS };
}
export type RecommendationsConfig = ReturnType<typeof readConfig>;
