import type { Extension } from '../types.ts';
import { faultFilter } from './fault.ts';
import { corsFilter, grpcStatsFilter, routerFilter } from './plain.ts';

/**
 * HTTP filters in the order in which Istio puts them (istio.io/istio pilot/pkg/networking/core/listener_builder.go):
 * what you may do comes before anything that could answer; the router ends the chain.
 */
export function httpFilters(guards: Extension[]): Extension[] {
  return [...guards, grpcStatsFilter, faultFilter, corsFilter, routerFilter];
}
