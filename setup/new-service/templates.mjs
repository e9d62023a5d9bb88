import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { camel } from './request.mjs';

/** The service whose main.ts, manifests and list entries a new one repeats: it has one version and no database. */
export const MODEL = 'storefront';
/** The service whose package.json it repeats: it needs no packages of its own. */
export const PACKAGE_MODEL = 'checkout';

/**
 * The files of a service that answers GET /items.
 * @param {string} root @param {import('./new-service.mjs').Request} request
 * @returns {[path: string, text: string][]}
 */
export function filesFor(root, { name, caller }) {
  const type = `${camel(name)[0]?.toUpperCase()}${camel(name).slice(1)}`;
  const src = `services/${name}/src`;
  /** @param {string} path @param {string} model @returns {[string, string]} */
  const copied = (path, model = MODEL) => {
    const text = readFileSync(join(root, path), 'utf8');
    const inFile = path.endsWith('.ts') ? camel(name) : name;
    return [path.replace(model, name), text.replaceAll(model, inFile).replaceAll('Storefront', type)];
  };
  return [
    copied(`services/${PACKAGE_MODEL}/package.json`, PACKAGE_MODEL),
    copied(`services/${MODEL}/src/main.ts`),
    [`${src}/app.ts`, appOf(name, type)],
    [`${src}/routes.ts`, routesOf(name)],
    [`${src}/contract.ts`, contractOf(name)],
    [`${src}/config.ts`, configOf(name, type)],
    [`${src}/app.test.ts`, testOf(name, type)],
    copied(`k8s/base/${MODEL}/account.yaml`),
    copied(`k8s/base/${MODEL}/service.yaml`),
    copied(`k8s/base/${MODEL}/deployment.yaml`),
    [`istio/base/allow/${name}.yaml`, policyOf(name, caller)],
  ];
}

const appOf = (/** @type {string} */ name, /** @type {string} */ type) => `\
import { type Service, createService } from '@tuesday/service';
import type { ${type}Config } from './config.ts';
import { routes } from './routes.ts';

/** The service ${name}; it listens only when started. */
export function create${type}(config: ${type}Config): Service {
  return createService({ config, routes: routes(), ready: async () => undefined });
}
`;

const routesOf = (/** @type {string} */ name) => `\
import { type Route, answer, route } from '@tuesday/service';
import { contract } from './contract.ts';

const ITEMS = ['first', 'second', 'third'];

/** All that ${name} does. */
export function routes(): Route[] {
  return [
    route(contract.list, async ({ query: { limit } }, res) => {
      answer(res, 200, { items: ITEMS.slice(0, limit) });
    }),
  ];
}
`;

const contractOf = (/** @type {string} */ name) => `\
import { type Contract, problem, servedBySchema } from '@tuesday/service';
import { z } from 'zod';

/** What ${name} may be asked, and what it answers. Requests are checked by it. */
export const contract = {
  list: {
    method: 'get',
    path: '/items',
    summary: 'The first items',
    request: { query: z.strictObject({ limit: z.coerce.number().int().min(1).max(20).default(20) }) },
    responses: {
      200: {
        description: 'At most as many as the limit',
        schema: z.strictObject({ items: z.array(z.string()), servedBy: servedBySchema }),
      },
      400: problem('The request is not as described'),
    },
  },
} satisfies Contract;
`;

const configOf = (/** @type {string} */ name, /** @type {string} */ type) => `\
import { readEnvironment } from '@tuesday/service';

/** The environment of ${name}: what every service needs. Throws a ConfigError with every fault. */
export function readConfig(environment: Record<string, string | undefined>) {
  return readEnvironment(environment, {});
}
export type ${type}Config = ReturnType<typeof readConfig>;
`;

const testOf = (/** @type {string} */ name, /** @type {string} */ type) => `\
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { create${type} } from './app.ts';
import { readConfig } from './config.ts';
import { contract } from './contract.ts';

const { app } = create${type}(readConfig({ SERVICE_NAME: '${name}' }));

test('When items are asked for, then the answer is as the contract says, at most as long as asked', async () => {
  const { status, body } = await request(app).get('/items?limit=2');
  expect(status).toBe(200);
  expect(contract.list.responses[200].schema.parse(body).items).toHaveLength(2);
  expect(body.servedBy.service).toBe('${name}');
});

test.each(['limit=0', 'limit=many', 'unknown=1'])('When the query is %s, then 400', async (query) => {
  const { status, body } = await request(app).get(\`/items?\${query}\`);
  expect([status, body.code]).toEqual([400, 'invalid-request']);
});
`;

const policyOf = (/** @type {string} */ name, /** @type {string} */ caller) => `\
# Who may call ${name}.
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: allow-${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  rules:
    - from: [{ source: { serviceAccounts: [${caller}] } }]
      to: [{ operation: { methods: [GET], paths: [/items] } }]
`;
