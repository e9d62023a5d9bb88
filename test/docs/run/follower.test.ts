import { expect, test } from '@jest/globals';
import { atPort, followerOf } from './follower.ts';

test.each([
  ['npm start', 'npm start -- --port 1'],
  ['npm start   # the shop', 'npm start -- --port 1   # the shop'],
  ['npm start -- --no-mesh', 'npm start -- --port 1 --no-mesh'],
  ['npm start -- --port 8081', 'npm start -- --port 1'],
  ['npx tuesday up', 'npx tuesday up --port 1'],
  ['npx tuesday up --port=8081 --no-mesh', 'npx tuesday up --port=1 --no-mesh'],
])('When `%s` gets a port, then it is `%s`', (command, changed) => {
  expect(atPort(command, 1)).toBe(changed);
  expect(followerOf(command)).toMatchObject({ isShop: true });
});

test.each(['npx tuesday logs -f deploy/a', 'kubectl port-forward deploy/jaeger 16686', 'kubectl get pods -w'])(
  'When `%s` is run, then it goes on until Ctrl-C, and opens no shop',
  (command) => expect(followerOf(command)).toEqual({ ready: expect.any(RegExp) }),
);

test('When a port is forwarded to the gateway, then it gets another port, and starts no shop', () => {
  const command = 'kubectl -n shop port-forward service/gateway 8080:80';
  expect(atPort(command, 1)).toBe('kubectl -n shop port-forward service/gateway 1:80');
  expect(followerOf(command)).toEqual({ ready: expect.any(RegExp), opensShop: true });
});

test.each([
  'npx tuesday up --help',
  'npx tuesday logs deploy/a',
  'npm test',
  'npm run start',
  'kubectl apply -f a.yaml',
])('When `%s` is run, then it ends by itself', (command) => expect(followerOf(command)).toBeUndefined());
