/** The rules that may have exceptions. */
export type Rule = 'version label' | 'probes' | 'liveness' | 'security context' | 'named ports' | 'image';

/** The exceptions of each workload, with the reason. An exception that is not needed is a complaint too. */
export const EXCEPTIONS: Record<string, Partial<Record<Rule, string>>> = {
  gateway: {
    'version label': 'there is one gateway, and no subset selects it',
    probes: 'injection adds them',
    'security context': 'injection adds it',
    'named ports': 'its container declares no ports: injection adds them, and the Service says 8080',
    image: 'injection replaces "auto"',
  },
  postgres: {
    'version label': 'its version is its image, and no subset selects it',
    liveness: 'a database that recovers slowly from a crash must not be killed',
  },
  jaeger: {
    'version label': 'its version is its image, and no subset selects it',
    liveness: 'its traces are in memory: a restart would lose them, a slow answer would not',
  },
};
