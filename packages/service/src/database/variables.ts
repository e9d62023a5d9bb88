import { z } from 'zod';

/**
 * Connections of one pod, where DATABASE_CONNECTIONS does not say: all pods of k8s/overlays/production, and those that replace
 * them, fit into the 100 of PostgreSQL's default (test/manifests/overlays).
 */
export const DATABASE_CONNECTIONS = 5;

/** The variables of a service with a database. */
export const databaseVariables = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(DATABASE_CONNECTIONS),
};
