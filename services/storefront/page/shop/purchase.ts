import type { Answer, Item } from './types.ts';

/** One purchase as it is sent: every repetition carries the same key. */
export interface PurchaseRequest {
  key: string;
  items: readonly Item[];
  paymentMethod: string;
}

/**
 * The stage of the present purchase. Confirmed and declined ones are receipts, so the stage is `none` again.
 *
 * `unknown`: the outcome is open; only the same key may ask again. `refused`: nothing was bought.
 */
export type Purchase =
  | { stage: 'none' }
  | { stage: 'asking'; request: PurchaseRequest }
  | { stage: 'unknown'; request: PurchaseRequest; why: 'late' | 'working' | 'failed' }
  | { stage: 'refused'; detail: string };

export type PurchaseEvent =
  { type: 'buy'; request: PurchaseRequest } | { type: 'ask-again' } | { type: 'answer'; key: string; answer: Answer };

/** The outcome of a purchase, from the answer. */
export type Verdict = 'confirmed' | 'declined' | 'late' | 'working' | 'failed' | 'refused';

/** Reads a checkout's answer. Every 5xx and a missing answer leave the outcome unknown: the order may exist. */
export function judge({ status, body }: Answer): Verdict {
  if (status === 201) return 'confirmed';
  if (status === 402 && body.order) return 'declined';
  if (status === 409) return 'working';
  if (status === 504) return 'late';
  return status === 0 || status >= 500 ? 'failed' : 'refused';
}

/** The next stage. An event that does not fit the stage (a second click, an answer to an older key) changes nothing. */
export function proceed(purchase: Purchase, event: PurchaseEvent): Purchase {
  if (event.type === 'buy') return isOpen(purchase) ? purchase : { stage: 'asking', request: event.request };
  if (event.type === 'ask-again')
    return purchase.stage === 'unknown' ? { stage: 'asking', request: purchase.request } : purchase;
  if (purchase.stage !== 'asking' || purchase.request.key !== event.key) return purchase;
  const verdict = judge(event.answer);
  if (verdict === 'confirmed' || verdict === 'declined') return { stage: 'none' };
  if (verdict !== 'refused') return { stage: 'unknown', request: purchase.request, why: verdict };
  const { detail, title } = event.answer.body;
  return { stage: 'refused', detail: detail ?? title ?? `The shop answered ${event.answer.status}.` };
}

/** Whether a purchase is under way whose outcome must be known before the next one. */
export function isOpen(purchase: Purchase): boolean {
  return purchase.stage === 'asking' || purchase.stage === 'unknown';
}
