import { z } from 'zod';
import { count, strict, uint32 } from '../schema.ts';
import { duration } from './duration.ts';
import { loadBalancer } from './load-balancer.ts';
import { portSelector } from './shared.ts';

const tls = strict({
  mode: z
    .enum(['DISABLE', 'SIMPLE', 'ISTIO_MUTUAL'], {
      error: 'must be DISABLE, SIMPLE or ISTIO_MUTUAL (MUTUAL, with files of its own, is not modelled locally)',
    })
    .default('DISABLE'),
});

const connectionPool = strict({
  tcp: strict({
    maxConnections: count.optional(),
    connectTimeout: duration.optional(),
    maxConnectionDuration: duration.optional(),
  }).optional(),
  http: strict({
    http1MaxPendingRequests: count.optional(),
    http2MaxRequests: count.optional(),
    maxRequestsPerConnection: count.optional(),
    maxRetries: count.optional(),
    idleTimeout: duration.optional(),
    h2UpgradePolicy: z.enum(['DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE']).optional(),
  }).optional(),
}).refine(hasField, { error: 'must have tcp or http' });

const share = { error: 'must be a percentage from 0 to 100, without its sign' };
const percent = z.int(share).min(0, share).max(100, share);

const outlierDetection = strict({
  consecutive5xxErrors: uint32.optional(),
  consecutiveGatewayErrors: uint32.optional(),
  interval: duration.optional(),
  baseEjectionTime: duration.optional(),
  maxEjectionPercent: percent.optional(),
  minHealthPercent: percent.optional(),
});

const settings = {
  tls: tls.optional(),
  connectionPool: connectionPool.optional(),
  outlierDetection: outlierDetection.optional(),
  loadBalancer: loadBalancer.optional(),
};

const ofPort = strict({ port: portSelector, ...settings }).refine((policy) => Object.keys(policy).length > 1, {
  error: 'must set something for its port',
});

/** How a host is called. A subset's policy overrides the rule's; a port's settings override both. */
export const trafficPolicy = strict({ ...settings, portLevelSettings: z.array(ofPort).default([]) }).refine(
  ({ portLevelSettings, ...rest }) => portLevelSettings.length > 0 || hasField(rest),
  { error: 'must set something' },
);

function hasField(value: object): boolean {
  return Object.keys(value).length > 0;
}

export type TrafficPolicy = z.output<typeof trafficPolicy>;
