import { databaseVariables, readEnvironment } from '@tuesday/service';
import { z } from 'zod';

/** The environment of checkout. `DATABASE_URL` comes from the Secret checkout-database. Throws a ConfigError with every fault. */
export function readConfig(environment: Record<string, string | undefined>) {
  const { env, ...service } = readEnvironment(environment, {
    ...databaseVariables,
    BILLING_URL: z.url({ protocol: /^https?$/ }).default('http://billing'),
    RECOMMENDATIONS_URL: z.url({ protocol: /^https?$/ }).default('http://recommendations'),
  });
  const { DATABASE_URL: databaseUrl, BILLING_URL: billingUrl, RECOMMENDATIONS_URL: recommendationsUrl } = env;
  return { ...service, databaseUrl, databaseConnections: env.DATABASE_CONNECTIONS, billingUrl, recommendationsUrl };
}
export type CheckoutConfig = ReturnType<typeof readConfig>;
