/** The rules a workload may be excused from. */
export type Rule = 'version label' | 'probes' | 'liveness' | 'security context' | 'named ports' | 'image';

/** Who is excused from what, and why. Whatever stands here and breaks no rule is a complaint of its own. */
export const EXCEPTIONS: Record<string, Partial<Record<Rule, string>>> = {
  gateway: {
    'version label': 'there is one gateway, and no subset selects it',
    probes: 'injection brings them',
    'security context': 'injection brings it',
    'named ports': 'its container declares none: injection brings them, and the Service says 8080',
    image: 'auto is what injection replaces',
  },
  postgres: {
    'version label': 'its version is its image, and no subset selects it',
    liveness: 'a database that recovers from a crash must not be killed for being slow',
  },
  jaeger: {
    'version label': 'its version is its image, and no subset selects it',
    liveness: 'it keeps its traces in memory: a restart loses what a slow answer would not',
  },
};
