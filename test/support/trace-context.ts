import { buy, purchase } from './customer.ts';
import { eventually } from './eventually.ts';

/** A caller's own trace: its id, and the headers that carry it. */
export type TraceHeaders = () => { id: string; headers: Record<string, string> };

/** Random hexadecimal digits. */
export const hex = (length: number) =>
  Array.from({ length }, () => Math.floor(Math.random() * 16).toString(16)).join('');

export const w3c: TraceHeaders = () => {
  const id = hex(32);
  return { id, headers: { traceparent: `00-${id}-${hex(16)}-01` } };
};

export const b3: TraceHeaders = () => {
  const id = hex(32);
  return { id, headers: { 'x-b3-traceid': id, 'x-b3-spanid': hex(16), 'x-b3-sampled': '1' } };
};

/**
 * Buys until a purchase is made, and gives the id of its trace. A try that fails, as where the machine stands still until
 * billing's deadline, is a trace of its own. Throws with the last answer after a minute.
 */
export const buyTraced = (url: string, dialect: TraceHeaders): Promise<string> =>
  eventually(async () => {
    const { id, headers } = dialect();
    const { status, body } = await buy(url, purchase(), headers);
    if (status !== 201) throw new Error(`a purchase got ${status}: ${JSON.stringify(body)}`);
    return id;
  });
