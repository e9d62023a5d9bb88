import { afterAll, expect, test } from '@jest/globals';
import { sharedLocalShop } from '../support/shared-shop.ts';

const shop = await sharedLocalShop();
afterAll(() => shop[Symbol.asyncDispose]());

const CALL = `
  const { RECOMMENDATIONS_SERVICE_HOST: host, RECOMMENDATIONS_SERVICE_PORT: port } = process.env;
  fetch(\`http://\${host}:\${port}/recommendations?sku=tent-2p\`).then(async (answer) => {
    console.log(host, answer.status, (await answer.json()).servedBy.peer);
  });`;

test('When a pod calls a Service by the address in its environment, then the call goes through the mesh', async () => {
  const { code, stdout, stderr } = await shop.tuesday('exec', 'deploy/storefront', '--', process.execPath, '-e', CALL);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^240\.240\.\d+\.\d+ 200 spiffe:\/\/cluster\.local\/ns\/shop\/sa\/storefront\n$/);
});
