import { percentile } from '../print/numbers.ts';
import type { Outcome } from './load.ts';

/** How often one version of a service answered. */
export interface Served {
  service: string;
  version: string;
  requests: number;
  /** Of all answers of that service, 0 to 1. */
  share: number;
}

/** The counts of one run. */
export interface Tally {
  requests: number;
  failed: number;
  /** Number of failed requests by status or error code. */
  failures: Record<string, number>;
  p50: number;
  p99: number;
  servedBy: Served[];
  /** SPIFFE ids of the callers; empty where no caller had a certificate. */
  callers: string[];
  /** Calls between services without mTLS. */
  plaintext: number;
}

/** Counts the results of many requests. Latencies in ms, of answered requests only. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const failures: Record<string, number> = {};
  for (const { failure } of outcomes) if (failure !== undefined) failures[failure] = (failures[failure] ?? 0) + 1;
  const hops = outcomes.flatMap((outcome) => outcome.hops);
  const times = outcomes
    .filter(({ status }) => status > 0)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  return {
    requests: outcomes.length,
    failed: outcomes.filter(({ failure }) => failure !== undefined).length,
    failures,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    servedBy: served(hops),
    callers: [...new Set(hops.flatMap(({ peer }) => peer ?? []))].sort(),
    plaintext: hops.filter(({ peer }) => peer === null).length,
  };
}

function served(hops: readonly { service: string; version: string }[]): Served[] {
  const counts = new Map<string, Omit<Served, 'share'>>();
  const totals: Record<string, number> = {};
  for (const { service, version } of hops) {
    const key = `${service} ${version}`;
    const before = counts.get(key)?.requests ?? 0;
    counts.set(key, { service, version, requests: before + 1 });
    totals[service] = (totals[service] ?? 0) + 1;
  }
  return [...counts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => ({ ...one, share: one.requests / (totals[one.service] ?? 1) }));
}
