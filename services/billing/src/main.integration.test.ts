import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { runService } from '../../../test/support/service-process.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test('When billing runs as a process, then no line that it writes holds a key, a token, an order or a caller, and SIGTERM ends it well', async () => {
  await using database = await freshDatabase();
  await using bank = await freshDatabase();
  const databases = { DATABASE_URL: database.url, BANK_DATABASE_URL: bank.url };
  const {
    child,
    output,
    exit,
    url: listening,
  } = runService(MAIN, { SERVICE_NAME: 'billing', PORT: '0', ...databases });
  try {
    const url = await listening();
    await eventually(async () => (await fetch(`${url}/readyz`)).ok);
    const orderId = '5ec4e700-0000-4000-8000-000000000001';
    const charge = (key: string, paymentMethod: string, minor: unknown = 100) =>
      fetch(`${url}/charges`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          'x-forwarded-client-cert': 'URI=spiffe://secret-caller',
        },
        body: JSON.stringify({ orderId, amount: { currency: 'NOK', minor }, paymentMethod }),
      }).then(({ status }) => status);
    const statuses = [
      await charge('secret-key', 'tok_declined'),
      await charge('secret-key', 'tok_visa'),
      await charge('secret-other', 'tok_visa'),
      await charge('secret-bad', 'tok_secret'),
      await charge('secret-bad', 'tok_visa', 'secret'),
    ];
    expect(statuses).toEqual([402, 422, 422, 400, 400]);
    await eventually(async () => output.text.split('"msg":"request"').length === statuses.length + 1);
    expect(output.text).not.toMatch(/secret|tok_|5ec4e700/);
    expect(output.text).toContain('"route":"/charges"');
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
}, 30_000);

test('When the environment is wrong, then every fault is one sentence and the exit code is 64', async () => {
  const { output, exit } = runService(MAIN, { SERVICE_VERSION: 'v3', DATABASE_URL: 'mysql://nowhere' });
  expect(await exit).toEqual([64, null]);
  const lines = output.text.trim().split('\n');
  expect(lines.map((line) => /^Environment variable (\w+): /.exec(line)?.[1]).toSorted()).toEqual([
    'BANK_DATABASE_URL',
    'DATABASE_URL',
    'SERVICE_NAME',
    'SERVICE_VERSION',
  ]);
});
