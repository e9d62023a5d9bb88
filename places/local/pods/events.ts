/** Something that has happened to a pod, as in `kubectl describe pod`. */
export interface PodEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** How often it has happened. */
  count: number;
  first: Date;
  last: Date;
}

/** The events of one pod. */
export interface PodEvents {
  /** Adds one; the same event again is counted, as Kubernetes does it. */
  add(type: PodEvent['type'], reason: string, message: string): void;
  /** In the order in which they happened last. */
  list(): PodEvent[];
}

/** A pod keeps so many different events: a cluster keeps each for an hour. */
const MOST = 25;

/** No events yet. */
export function createEvents(): PodEvents {
  const events = new Map<string, PodEvent>();
  return {
    add(type, reason, message) {
      const key = `${reason} ${message}`;
      const last = new Date();
      const { count = 0, first = last } = events.get(key) ?? {};
      events.delete(key);
      events.set(key, { type, reason, message, count: count + 1, first, last });
      const [oldest] = events.keys();
      if (events.size > MOST) events.delete(oldest!);
    },
    list: () => [...events.values()],
  };
}
