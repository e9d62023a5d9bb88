import { readEnvironment, type ServiceConfig } from '@tuesday/service';
import { z } from 'zod';

export interface StorefrontConfig extends ServiceConfig {
  /** Where recommendations answers, without a path. */
  recommendationsUrl: string;
}

/** Reads the storefront's environment. Throws a ConfigError with every fault at once. */
export function readConfig(environment: Record<string, string | undefined>): StorefrontConfig {
  const { env, ...config } = readEnvironment(environment, {
    RECOMMENDATIONS_URL: z.url().default('http://recommendations'),
  });
  return { ...config, recommendationsUrl: env.RECOMMENDATIONS_URL };
}
