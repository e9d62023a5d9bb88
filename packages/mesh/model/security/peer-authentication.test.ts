import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace } from '../../../../test/support/mesh/objects.ts';
import { meshOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

function policy(name: string, mode: string, { selector = '', ports = '' } = {}): string {
  const select = selector && `  selector: { matchLabels: { ${selector} } }\n`;
  return istio(
    'PeerAuthentication',
    name,
    `${select}  mtls: { mode: ${mode} }\n${ports && `  portLevelMtls: ${ports}\n`}`,
  );
}

const containers = [
  { name: 'http', containerPort: 8080 },
  { name: 'admin', containerPort: 9000 },
];
const workloads = [namespace('shop', 'enabled'), deployment('a', { ports: containers, labels: { tier: 'web' } })];

function modes(...policies: string[]): string[] {
  const { inbound } = workloadOf(meshOf(...workloads, ...policies), 'a');
  return inbound.map(({ port, mtls }) => `${port} ${mtls.mode} ${mtls.because.object}`);
}

function everywhere(mode: string, object: string): string[] {
  return [`8080 ${mode} ${object}`, `9000 ${mode} ${object}`];
}

const root = policy('root.istio-system', 'STRICT');
const whole = policy('whole', 'DISABLE');
const own = policy('own', 'PERMISSIVE', { selector: 'app: a' });

describe('Which mTLS mode applies', () => {
  test.each([
    ['there is none', [], everywhere('PERMISSIVE', "Istio's default")],
    ['the root namespace has one', [root], everywhere('STRICT', 'PeerAuthentication istio-system/root')],
    ['the namespace has one too', [root, whole], everywhere('DISABLE', 'PeerAuthentication shop/whole')],
    ['the workload has one too', [root, whole, own], everywhere('PERMISSIVE', 'PeerAuthentication shop/own')],
    [
      'the workload has UNSET',
      [whole, policy('own', 'UNSET', { selector: 'app: a' })],
      everywhere('DISABLE', 'PeerAuthentication shop/whole'),
    ],
    [
      'the namespace has UNSET',
      [root, policy('whole', 'UNSET')],
      everywhere('STRICT', 'PeerAuthentication istio-system/root'),
    ],
    [
      'one is for another workload',
      [policy('own', 'STRICT', { selector: 'app: b' })],
      everywhere('PERMISSIVE', "Istio's default"),
    ],
    ['one is in another namespace', [policy('own.other', 'STRICT')], everywhere('PERMISSIVE', "Istio's default")],
    [
      'the root namespace selects it',
      [policy('r.istio-system', 'STRICT', { selector: 'app: a' })],
      everywhere('PERMISSIVE', "Istio's default"),
    ],
    [
      'the namespace has two',
      [policy('z', 'DISABLE'), policy('b', 'STRICT')],
      everywhere('STRICT', 'PeerAuthentication shop/b'),
    ],
    [
      'two select it',
      [policy('z', 'DISABLE', { selector: 'app: a' }), policy('b', 'STRICT', { selector: 'tier: web' })],
      everywhere('STRICT', 'PeerAuthentication shop/b'),
    ],
  ])('When %s, then every port has the expected mode', (_, policies, expected) => {
    expect(modes(...policies)).toEqual(expected);
  });

  test('When one port has its own mode, then the other has that of the workload', () => {
    const ports = '{ 8080: { mode: DISABLE }, 9000: { mode: UNSET } }';
    expect(modes(whole, policy('own', 'STRICT', { selector: 'app: a', ports }))).toEqual([
      '8080 DISABLE PeerAuthentication shop/own',
      '9000 STRICT PeerAuthentication shop/own',
    ]);
  });

  test('When a PeerAuthentication sets a mode, then the line is that of the mode', () => {
    const ports = '\n    8080:\n      mode: DISABLE';
    const written = policy('own', 'STRICT', { selector: 'app: a', ports });
    const lines = workloadOf(meshOf(written, ...workloads), 'a').inbound.map(({ mtls }) => mtls.because.line);
    expect(lines).toEqual([9, 6]);
  });
});
