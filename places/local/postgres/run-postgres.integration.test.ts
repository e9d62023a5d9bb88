import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventually } from '../../../test/support/eventually.ts';
import { allocatePort } from '../network/ports.ts';
import { startRunner } from '../start.ts';
import { startTestRunner } from '../testing/runner.ts';

const secret = (password: string) => `apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: ${password} }
`;

const DATABASE = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: postgres
          image: postgres:18
          ports: [{ containerPort: 5432 }]
          env: [{ name: POSTGRES_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]
          readinessProbe: { exec: { command: [pg_isready] }, periodSeconds: 1 }
`;

test('When the Secret of the password is edited, then the pod that starts again is not ready and says why, and the shop ends at once', async () => {
  await using shop = await startTestRunner([secret('old'), DATABASE]);
  await shop.ask('POST /apply', { files: [{ name: 'db.yaml', text: secret('new') }], namespace: 'shop' });
  await shop.ask('POST /pods/shop/db-0/kill', { signal: 'SIGKILL' });
  const pod = await eventually(() => shop.runner.pods.all().find(({ message }) => message?.includes('password')));
  expect(pod).toMatchObject({ ready: false, reason: 'CreateContainerConfigError' });
  expect(pod.message).toMatch(
    /^The key password of Secret db is not the password of the data in \S+, which is set only when they are made\. Put the old password back, or /,
  );
  const began = performance.now();
  await shop.runner.stop();
  expect(performance.now() - began).toBeLessThan(3_000);
  // The next start says the same, and ends.
  writeFileSync(shop.file, `${secret('new')}---\n${DATABASE}`);
  const { state, file } = shop;
  const options = { overlay: dirname(file), state, port: await allocatePort(), namespace: 'shop' };
  await expect(startRunner({ ...options, onProgress: () => undefined })).rejects.toThrow(
    /^db-0 cannot start: The key password of Secret db is not the password of the data in /,
  );
}, 40_000);
