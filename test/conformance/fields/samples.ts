import { JWKS } from '../../../packages/mesh/testdata/jwks.ts';

/** A part of an object; an undefined field is left out. */
export type Part = Readonly<Record<string, unknown>>;

const HATS = 'hats.shop.svc.cluster.local';
const FAR = 'far.away.svc.cluster.local';
const ISSUER = { issuer: 'https://shop.example.org', jwks: JWKS };
const toHats = { destination: { host: HATS } };
const toFar = { destination: { host: FAR } };

/** What an object of each kind has at least. Its hosts are whole names, so that it means the same in every namespace. */
export const BASES: Readonly<Record<string, { apiVersion: string; spec: Part }>> = {
  VirtualService: {
    apiVersion: 'networking.istio.io/v1',
    spec: { hosts: [HATS], http: [{ route: [toHats] }] },
  },
  DestinationRule: { apiVersion: 'networking.istio.io/v1', spec: { host: HATS } },
  Gateway: {
    apiVersion: 'networking.istio.io/v1',
    spec: {
      selector: { gateway: 'shop' },
      servers: [{ port: { number: 81, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
  },
  PeerAuthentication: { apiVersion: 'security.istio.io/v1', spec: {} },
  RequestAuthentication: { apiVersion: 'security.istio.io/v1', spec: { jwtRules: [ISSUER] } },
  AuthorizationPolicy: { apiVersion: 'security.istio.io/v1', spec: { action: 'ALLOW', rules: [{}] } },
  Telemetry: { apiVersion: 'telemetry.istio.io/v1', spec: { tracing: [{ providers: [{ name: 'zipkin' }] }] } },
  Service: {
    apiVersion: 'v1',
    spec: { selector: { app: 'hats' }, ports: [{ port: 90, name: 'http', targetPort: 8080 }] },
  },
};

/** Objects beside the one with the field, by the paths that need them. */
export const BESIDE: readonly [path: RegExp, kind: string, spec: Part][] = [
  [
    /^VirtualService .*\.subset$/,
    'DestinationRule',
    { host: HATS, subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
  ],
  [
    /^DestinationRule spec\.subsets.*consistentHash/,
    'VirtualService',
    { hosts: [HATS], http: [{ route: [{ destination: { host: HATS, subset: 'v1', port: { number: 80 } } }] }] },
  ],
  [
    /^Gateway /,
    'VirtualService',
    { hosts: ['shop.example.org', 'other.example.org'], gateways: ['shop/field'], http: [{ route: [toHats] }] },
  ],
];

/** What must stand at a place for a field under it to be valid, or to do something: with and without the field. */
export const CONTEXT: readonly [field: RegExp, at: string, part: Part][] = [
  [/^RequestAuthentication .*\.fromHeaders\[\]\.prefix$/, 'spec.jwtRules[].fromHeaders[]', { name: 'x-token' }],
  [/\.match\[\]\.(name|ignoreUriCase)$/, 'spec.http[].match[]', { uri: { prefix: '/a' } }],
  [/\.match\[\]\.gateways/, 'spec', { gateways: ['mesh', 'shop/shop'] }],
  [/\.route\[\]\.weight$/, 'spec.http[]', { route: [toHats, { ...toFar, weight: 70 }] }],
  [/\.(redirect|directResponse)\./, 'spec.http[]', { route: undefined }],
  [/\.redirect\.(?!authority)/, 'spec.http[].redirect', { authority: 'other.example.org' }],
  [/\.redirect\.authority/, 'spec.http[].redirect', { uri: '/elsewhere' }],
  [/\.directResponse\./, 'spec.http[].directResponse', { status: 200 }],
  [/\.retries\.(?!attempts)/, 'spec.http[].retries', { attempts: 3 }],
  [/\.fault\.delay\.percentage/, 'spec.http[].fault.delay', { fixedDelay: '2s' }],
  [/\.fault\.abort\.percentage/, 'spec.http[].fault.abort', { httpStatus: 418 }],
  [/\.mirror\.(subset|port)/, 'spec.http[].mirror', { host: HATS }],
  [/\.mirrorPercentage/, 'spec.http[].mirror', { host: FAR }],
  [/\.mirrors\[\]\.(percentage|destination\.(subset|port))/, 'spec.http[].mirrors[].destination', { host: HATS }],
  [/ spec\.subsets\[\]\./, 'spec.subsets[]', { name: 'v1', labels: { version: 'v1' } }],
  [
    /\.portLevelSettings\[\]\..*(httpCookie\.(path|ttl)|minimumRingSize)$/,
    '$.portLevelSettings[]',
    { port: { number: 80 } },
  ],
  [/\.httpCookie\.(path|ttl)$/, '$.httpCookie', { name: 'user' }],
  [/\.consistentHash\.(ringHash\.)?minimumRingSize$/, '$.consistentHash', { httpHeaderName: 'x-user' }],
  [/^PeerAuthentication spec\.(selector|portLevelMtls)/, 'spec', { mtls: { mode: 'STRICT' } }],
];

/** What must stand beside a field, only where the field is. */
export const COMPANIONS: readonly [field: RegExp, at: string, part: Part][] = [
  [/\.outputClaimToHeaders\[\]\.header$/, 'spec.jwtRules[].outputClaimToHeaders[]', { claim: 'sub' }],
  [/\.outputClaimToHeaders\[\]\.claim$/, 'spec.jwtRules[].outputClaimToHeaders[]', { header: 'x-user' }],
  [/\.portLevelSettings\[\]\.(?!port)/, '$.portLevelSettings[]', { port: { number: 80 } }],
  [/\.portLevelSettings\[\]\.port/, '$.portLevelSettings[]', { tls: { mode: 'DISABLE' } }],
  [/ spec\.portLevelMtls/, 'spec', { selector: { matchLabels: { app: 'hats' } } }],
  [/\.when\[\]\.(values|notValues)/, 'spec.rules[].when[]', { key: 'request.headers[x-user]' }],
];
