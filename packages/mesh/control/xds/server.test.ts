import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.ts';
import { expectSame } from '../../envoy/encoding/testing/reference.ts';
import { TYPE_URLS } from './resource-type.ts';
import { serveXds, type Xds } from './server.ts';
import { envoyCluster, envoyEndpoints, envoyResources } from './testing/envoy-resources.ts';
import { connectGrpc, framed, type GrpcClient, type Received } from './testing/grpc-client.ts';

const NODE = 'sidecar~127.0.0.1~checkout.shop~shop.svc.cluster.local';
const FIRST = { node: { id: NODE }, typeUrl: TYPE_URLS.clusters };

let stack: AsyncDisposableStack;
let socket: string;
let xds: Xds;
let client: GrpcClient;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'xds-'));
  stack.defer(() => rm(folder, { recursive: true }));
  socket = join(folder, 'xds.sock');
  xds = await serveXds(socket, { lingerMs: 0 });
  stack.defer(() => xds.stop());
  client = stack.use(await connectGrpc(socket));
});
afterEach(() => stack.disposeAsync());

const ack = ({ typeUrl, nonce }: Received) => ({ typeUrl, responseNonce: nonce });
const nack = (response: Received, message: string) => ({ ...ack(response), errorDetail: { code: 3, message } });
const namesOf = (response: Received | undefined) => response?.resources.map(({ name }) => name);
const stateOf = (type: 'clusters' | 'endpoints') => xds.stateOf(NODE)?.stateOf(type);

/** A stream of the proxy that has asked for all clusters, and the first response. */
async function started() {
  const stream = client.open();
  stream.send(FIRST);
  return { stream, response: (await stream.next())! };
}

test('When a proxy asks for clusters, then it gets Envoy’s messages, each with its name, version and type', async () => {
  const clusters = [envoyCluster('a'), envoyCluster('b', '2s')];
  xds.push(NODE, { ...envoyResources('a'), clusters, endpoints: [envoyEndpoints('a'), envoyEndpoints('b')] });
  const { stream, response } = await started();
  expect((await stream.headers())['content-type']).toBe('application/grpc');
  expect([response.typeUrl, response.removed, namesOf(response)]).toEqual([TYPE_URLS.clusters, [], ['a', 'b']]);
  response.resources.forEach(({ typeUrl, bytes }, index) => {
    expect(typeUrl).toBe(TYPE_URLS.clusters);
    expectSame(clusters[index]!, bytes);
  });
  expect(new Set(response.resources.map(({ version }) => version)).size).toBe(2);
});

test('When a proxy asks and acknowledges, then all types come over one stream, and the state is SYNCED', async () => {
  xds.push(NODE, envoyResources('a'));
  const { stream, response } = await started();
  stream.send({ typeUrl: TYPE_URLS.endpoints, resourceNamesSubscribe: ['a'] });
  const endpoints = (await stream.next())!;
  expectSame(envoyEndpoints('a'), endpoints.resources[0]!.bytes);
  for (const one of [endpoints, response]) stream.send(ack(one));
  stream.send({ typeUrl: TYPE_URLS.listeners });
  const listeners = (await stream.next())!;
  stream.send({ typeUrl: TYPE_URLS.routes, resourceNamesSubscribe: ['80'] });
  const routes = (await stream.next())!;
  for (const one of [routes, listeners]) stream.send(ack(one));
  expect([namesOf(endpoints), namesOf(listeners), namesOf(routes)]).toEqual([['a'], ['in'], ['80']]);
  await eventually(() => xds.stateOf(NODE)?.isDone());
  expect([stateOf('clusters'), stateOf('endpoints'), xds.stateOf(NODE)?.refusals()]).toEqual(['SYNCED', 'SYNCED', []]);
});

test('When a proxy refuses a cluster, then its reason is known, and the next version is sent', async () => {
  const answered: string[] = [];
  xds.onAnswer((node) => answered.push(node));
  xds.push(NODE, envoyResources('a'));
  const { stream, response } = await started();
  stream.send(nack(response, 'no such thing'));
  await eventually(() => stateOf('clusters') === 'ERROR');
  expect(xds.stateOf(NODE)?.refusals()).toEqual([{ type: 'clusters', name: 'a', reason: 'no such thing' }]);
  xds.push(NODE, { ...envoyResources('a'), clusters: [envoyCluster('a', '2s')] });
  const next = (await stream.next())!;
  expectSame(envoyCluster('a', '2s'), next.resources[0]!.bytes);
  expect(next.resources[0]!.version).not.toBe(response.resources[0]!.version);
  expect(answered).toEqual([NODE, NODE]);
});

test('When clusters are not wanted any more, or a name has no resource, then the response removes them', async () => {
  xds.push(NODE, envoyResources('a'));
  const { stream, response } = await started();
  stream.send({ typeUrl: TYPE_URLS.endpoints, resourceNamesSubscribe: ['none'] });
  const none = (await stream.next())!;
  expect(none).toMatchObject({ typeUrl: TYPE_URLS.endpoints, resources: [], removed: ['none'] });
  for (const one of [none, response]) stream.send(ack(one));
  xds.push(NODE, envoyResources('b'));
  const next = (await stream.next())!;
  stream.send(ack(next));
  expect([namesOf(next), (await stream.next())?.removed]).toEqual([['b'], ['a']]);
});

test('When a message arrives in pieces, and two in one, then each is read', async () => {
  xds.push(NODE, envoyResources('a'));
  const stream = client.open();
  const [first, second] = [FIRST, { typeUrl: TYPE_URLS.endpoints, resourceNamesSubscribe: ['a'] }].map(framed);
  for (const [start, end] of [
    [0, 3],
    [3, 5],
    [5, 20],
  ])
    await stream.write(first!.subarray(start, end));
  expect(xds.stateOf(NODE)?.stateOf('clusters')).toBe('NOT SENT');
  await stream.write(Buffer.concat([first!.subarray(20), second!, second!.subarray(0, 2)]));
  expect([namesOf(await stream.next()), namesOf(await stream.next())]).toEqual([['a'], ['a']]);
});

test.each([
  ['is no message', framed(Buffer.from([0x0a, 0x7f, 0x01]))],
  ['names no node', framed({ typeUrl: TYPE_URLS.clusters })],
])('When the first request %s, then its stream ends, and no other one', async (_what, bytes) => {
  xds.push(NODE, envoyResources('a'));
  const { stream, response } = await started();
  const other = client.open();
  await other.write(bytes);
  expect(await other.next()).toBeUndefined();
  expect([other.isClosed(), stream.isClosed(), client.isClosed()]).toEqual([true, false, false]);
  stream.send(ack(response));
  await eventually(() => stateOf('clusters') === 'SYNCED');
});

test('When a method is unknown, then the answer is UNIMPLEMENTED', async () => {
  const stream = client.open('/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources');
  expect(await stream.headers()).toMatchObject({ ':status': 200, 'grpc-status': '12' });
});

test('When a proxy asks for a type that is not served, then that is ignored', async () => {
  xds.push(NODE, envoyResources('a'));
  const stream = client.open();
  stream.send({ ...FIRST, typeUrl: 'type.googleapis.com/envoy.service.runtime.v3.Runtime' });
  stream.send({ typeUrl: TYPE_URLS.clusters });
  expect(namesOf(await stream.next())).toEqual(['a']);
});

test('When a proxy opens a second stream, then only that one counts, even after the first one ends', async () => {
  xds.push(NODE, envoyResources('a'));
  const { stream: old } = await started();
  const { stream, response } = await started();
  expect(namesOf(response)).toEqual(['a']);
  old.send({ typeUrl: TYPE_URLS.endpoints, resourceNamesSubscribe: ['a'] });
  await client.ping();
  old.close();
  stream.send(ack(response));
  await eventually(() => stateOf('clusters') === 'SYNCED');
  xds.push(NODE, envoyResources('b'));
  expect(namesOf(await stream.next())).toEqual(['b']);
});

test('When a proxy that was never pushed to leaves, then nothing of it is kept', async () => {
  const stream = client.open();
  stream.send(FIRST);
  await eventually(() => xds.stateOf(NODE) !== undefined);
  expect([xds.stateOf(NODE)?.isDone(), xds.stateOf(NODE)?.refusals()]).toEqual([false, []]);
  stream.close();
  await eventually(() => xds.stateOf(NODE) === undefined);
});

test('When a proxy is forgotten, then its stream ends, and nothing of it is kept', async () => {
  xds.push(NODE, envoyResources('a'));
  const { stream } = await started();
  xds.forget(NODE);
  expect([xds.stateOf(NODE), await stream.next()]).toEqual([undefined, undefined]);
});

test('When the server listens, then nobody else may connect, and its end ends every connection', async () => {
  expect((await stat(socket)).mode & 0o777).toBe(0o600);
  xds.push(NODE, envoyResources('a'));
  const { stream } = await started();
  await xds.stop();
  expect(await stream.next()).toBeUndefined();
  await eventually(() => client.isClosed());
  expect(existsSync(socket)).toBe(false);
});
