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
