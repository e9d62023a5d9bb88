import { readEnvironment } from '@tuesday/service';
import { z } from 'zod';
import { demoCustomersSchema } from './session/demo-customers.ts';
import { sessionKeysSchema } from './session/keys.ts';

/** The environment of the storefront. Throws a ConfigError with every fault. */
export function readConfig(environment: Record<string, string | undefined>) {
  const { env, ...service } = readEnvironment(environment, {
    RECOMMENDATIONS_URL: z.url().default('http://recommendations'),
    SESSION_KEYS: sessionKeysSchema,
    DEMO_CUSTOMERS: demoCustomersSchema,
  });
  return {
    ...service,
    recommendationsUrl: env.RECOMMENDATIONS_URL,
    sessionKeys: env.SESSION_KEYS,
    demoCustomers: env.DEMO_CUSTOMERS,
  };
}
export type StorefrontConfig = ReturnType<typeof readConfig>;
