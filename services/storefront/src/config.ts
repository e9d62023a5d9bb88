import { readEnvironment } from '@tuesday/service';
import { z } from 'zod';

/** The environment of the storefront. Throws a ConfigError with every fault. */
export function readConfig(environment: Record<string, string | undefined>) {
  const { env, ...service } = readEnvironment(environment, {
    RECOMMENDATIONS_URL: z.url().default('http://recommendations'),
  });
  return { ...service, recommendationsUrl: env.RECOMMENDATIONS_URL };
}
export type StorefrontConfig = ReturnType<typeof readConfig>;
