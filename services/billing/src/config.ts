import { readEnvironment } from '@tuesday/service';
import { z } from 'zod';

/** The environment of billing. `DATABASE_URL` comes from the Secret billing-database. */
export function readConfig(env: Record<string, string | undefined>) {
  const { env: own, ...service } = readEnvironment(env, { DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }) });
  return { ...service, databaseUrl: own.DATABASE_URL };
}
export type BillingConfig = ReturnType<typeof readConfig>;
