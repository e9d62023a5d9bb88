import { randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Receipt, Vat } from '@tuesday/service';
import type { ChargeRequest } from '../../../billing/src/contract.ts';

export interface FakeRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface FakeReply {
  status: number;
  body: unknown;
}

/** A service that answers over HTTP on a free port as a test decides. */
export interface FakeService extends AsyncDisposable {
  url: string;
  /** Every request, in the order of arrival. */
  requests: FakeRequest[];
  /** May be replaced at any time. */
  reply(request: FakeRequest): FakeReply | Promise<FakeReply>;
}

/** Starts one. */
export async function startFake(reply: FakeService['reply']): Promise<FakeService> {
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const request = {
      method: `${req.method}`,
      path: `${req.url}`,
      headers: req.headers,
      body: text && JSON.parse(text),
    };
    fake.requests.push(request);
    const { status, body } = await fake.reply(request);
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    reply,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** Billing as checkout relies on it: one outcome a key, decided by the token. `vat`: what its v2 shows on a receipt. */
export function billingReply(vat?: Vat): FakeService['reply'] {
  const outcomes = new Map<string, FakeReply>();
  return function charge({ headers, body }) {
    const key = `${headers['idempotency-key']}`;
    const { paymentMethod, ...request } = body as ChargeRequest;
    const declined = paymentMethod === 'tok_declined' || paymentMethod === 'tok_insufficient_funds';
    const receipt: Receipt = { amount: request.amount, ...(vat && { vat }) };
    const charge = { id: randomUUID(), ...request, status: 'succeeded', reason: null, receipt };
    const outcome = declined
      ? { status: 402, body: { servedBy: by('billing') } }
      : { status: 201, body: { charge, servedBy: by('billing') } };
    if (!outcomes.has(key)) outcomes.set(key, outcome);
    return outcomes.get(key)!;
  };
}

/** Recommendations as checkout relies on it. */
export const recommendationsReply: FakeService['reply'] = ({ method }) =>
  method === 'POST'
    ? { status: 202, body: { counted: true, servedBy: by('recommendations') } }
    : { status: 200, body: { recommendations: [{ sku: 'stove', reason: 'a test' }], servedBy: by('recommendations') } };

const by = (service: string) => ({ service, version: 'v1', pod: `${service}-v1-x`, peer: null });
