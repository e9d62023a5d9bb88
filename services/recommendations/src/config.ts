import { readEnvironment } from '@tuesday/service';
import { z } from 'zod';

/** The environment of recommendations. `DATABASE_URL` comes from the Secret recommendations-database. */
export function readConfig(env: Record<string, string | undefined>) {
  const { env: own, ...service } = readEnvironment(env, { DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }) });
  return { ...service, databaseUrl: own.DATABASE_URL };
}
export type RecommendationsConfig = ReturnType<typeof readConfig>;
