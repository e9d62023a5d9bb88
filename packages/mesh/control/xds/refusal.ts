import { RESOURCE_TYPES, type ResourceType } from './resource-type.ts';
import type { Versioned, Wanted } from './resources.ts';

/** A resource that a proxy does not use, and why. */
export interface Refusal {
  type: ResourceType;
  name: string;
  reason: string;
}

/** Envoy's reason for a cluster begins with the cluster's whole text, and the cause stands at its end. */
const MOST_LETTERS = 300;

/** Envoy's reason as a part of a sentence: one line, without what precedes the cause. */
export function shortReason(reason: string): string {
  const line = reason.replace(/\s+/g, ' ').trim();
  return line.length > MOST_LETTERS ? `… ${line.slice(-MOST_LETTERS)}` : line;
}

const TAKEN = /cannot bind '[^']*:(\d+)': Address already in use/;

/** The port that another program holds, by the reason for which Envoy refuses a listener; undefined for other reasons. */
export function takenPort(reason: string): number | undefined {
  const port = TAKEN.exec(reason)?.[1];
  return port === undefined ? undefined : Number(port);
}

/**
 * What may be sent, and what is refused before a proxy sees it: a resource that is no message of Envoy's, and one that
 * needs a resource that does not exist, for which a proxy would wait for ever.
 */
export function withoutFaults(all: Wanted): [Wanted, Refusal[]] {
  const faults: Refusal[] = [];
  const isSound = (type: ResourceType, { name, fault, references }: Versioned) => {
    const missing = references.find((reference) => all[reference.type].get(reference.name)?.bytes === undefined);
    const reason = fault ?? (missing && `it needs ${missing.name} of ${missing.type}, which does not exist`);
    if (reason !== undefined) faults.push({ type, name, reason });
    return reason === undefined;
  };
  const sound = RESOURCE_TYPES.map((type) => [type, new Map([...all[type]].filter(([, one]) => isSound(type, one)))]);
  return faults.length === 0 ? [all, faults] : [Object.fromEntries(sound) as Wanted, faults];
}
