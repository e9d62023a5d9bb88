import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { runService } from '../../../test/support/service-process.ts';
import { billingReply, recommendationsReply, startFake } from './testing/fake-service.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test('When checkout runs as a process, then no line that it writes holds a key, a token or a customer, and SIGTERM ends it well', async () => {
  await using database = await freshDatabase();
  await using billing = await startFake(billingReply());
  await using recommendations = await startFake(recommendationsReply);
  const env = {
    SERVICE_NAME: 'checkout',
    PORT: '0',
    DATABASE_URL: database.url,
    BILLING_URL: billing.url,
    RECOMMENDATIONS_URL: recommendations.url,
  };
  const { child, output, exit, url: listening } = runService(MAIN, env);
  try {
    const url = await listening();
    await eventually(async () => (await fetch(`${url}/readyz`)).ok);
    const buy = (key: string, paymentMethod: string, quantity: unknown = 1) =>
      fetch(`${url}/checkout`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-customer-id': 'secret-customer' },
        body: JSON.stringify({ items: [{ sku: 'stove', quantity }], paymentMethod }),
      }).then(({ status }) => status);
    const statuses = [
      await buy('secret-1', 'tok_visa'),
      await buy('secret-1', 'tok_visa'),
      await buy('secret-1', 'tok_vipps'),
      await buy('secret-2', 'tok_declined'),
      await buy('secret-3', 'tok_secret'),
    ];
    // The outbox and everything that can fail write to the log too.
    await eventually(async () => recommendations.requests.some(({ path }) => path === '/purchases'));
    billing.reply = () => ({ status: 503, body: {} });
    recommendations.reply = () => ({ status: 500, body: {} });
    statuses.push(await buy('secret-4', 'tok_visa'), await buy('secret-5', 'tok_visa', 'secret'));
    expect(statuses).toEqual([201, 201, 422, 402, 400, 503, 400]);
    await eventually(async () => /reconciler: work fails/.test(output.text));
    expect(output.text).not.toMatch(/secret|tok_/);
    expect(output.text.match(/"msg":"request"/g)).toHaveLength(statuses.length);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
}, 40_000);

test('When the environment is wrong, then every fault is one sentence and the exit code is 64', async () => {
  const { output, exit } = runService(MAIN, {
    SERVICE_NAME: 'checkout',
    DATABASE_URL: 'nonsense',
    BILLING_URL: 'ftp://billing',
  });
  expect(await exit).toEqual([64, null]);
  const lines = output.text.trim().split('\n');
  expect(lines.map((line) => /^Environment variable (\w+): /.exec(line)?.[1]).toSorted()).toEqual([
    'BILLING_URL',
    'DATABASE_URL',
  ]);
});
