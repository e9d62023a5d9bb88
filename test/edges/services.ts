import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract, Operation } from '@tuesday/service';
import { newKey, sessionKeys } from '../../services/storefront/src/testing/session-keys.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { runService } from '../support/service-process.ts';

const SERVICES = fileURLToPath(new URL('../../services', import.meta.url));

/** The contract of each folder of services/, so that a new service is asked too. */
export const CONTRACTS: Record<string, Contract> = Object.fromEntries(
  await Promise.all(
    readdirSync(SERVICES).map(async (name) => {
      const { contract } = (await import(join(SERVICES, name, 'src/contract.ts'))) as { contract: Contract };
      return [name, contract] as const;
    }),
  ),
);

/** Every operation of every service. */
export const OPERATIONS = Object.entries(CONTRACTS).flatMap(([service, contract]) =>
  Object.values<Operation>(contract).map((operation) => ({ service, operation })),
);

const UUID = '5ec4e700-0000-4000-8000-000000000001';
const NOWHERE = 'http://127.0.0.1:1';
const amount = { currency: 'NOK', minor: 100 };

/** A body that its operation accepts, by method and path. */
export const BODIES: Record<string, object> = {
  'post /checkout': { items: [{ sku: 'stove', quantity: 1 }], paymentMethod: 'tok_visa' },
  'post /charges': { orderId: UUID, amount, paymentMethod: 'tok_visa' },
  'post /charges/{id}/refunds': { amount },
  'post /purchases': { orderId: UUID, skus: ['stove'] },
  'post /api/session': { customer: 'ada' },
};

/** The operation's path with a value for each parameter. */
export const pathOf = ({ path }: Operation, value = UUID) => path.replaceAll(/\{\w+\}/g, value);

/** A service as a process of its own, on an empty database (billing: two), without the services that it calls. */
export async function startService(service: string) {
  const database = existsSync(join(SERVICES, service, 'migrations')) ? await freshDatabase() : undefined;
  const bank = service === 'billing' ? await freshDatabase() : undefined;
  const { child, output, exit, url } = runService(join(SERVICES, service, 'src/main.ts'), {
    SERVICE_NAME: service,
    PORT: '0',
    // Nothing listens there: what needs these is 503.
    BILLING_URL: NOWHERE,
    RECOMMENDATIONS_URL: NOWHERE,
    SESSION_KEYS: sessionKeys(newKey('a')),
    ...(database && { DATABASE_URL: database.url }),
    ...(bank && { BANK_DATABASE_URL: bank.url }),
  });
  const port = Number(new URL(await url()).port);
  const probe = database ? 'readyz' : 'healthz'; // the page need not be built
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/${probe}`)).ok);
  return {
    port,
    /** All that it has logged. */
    output,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exit;
      await database?.[Symbol.asyncDispose]();
      await bank?.[Symbol.asyncDispose]();
    },
  };
}
