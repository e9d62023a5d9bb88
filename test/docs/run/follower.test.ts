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

test.each(['npx tuesday logs -f deploy/a', 'kubectl port-forward service/gateway 8080:80', 'kubectl get pods -w'])(
  'When `%s` is run, then it goes on until Ctrl-C',
  (command) => expect(followerOf(command)).toBeDefined(),
);

test.each([
  'npx tuesday up --help',
  'npx tuesday logs deploy/a',
  'npm test',
  'npm run start',
  'kubectl apply -f a.yaml',
])('When `%s` is run, then it ends by itself', (command) => expect(followerOf(command)).toBeUndefined());
