import { expect, test } from '@jest/globals';
import { deployment } from '../../../../test/support/mesh/objects.ts';
import { resourcesOf } from '../../../../test/support/mesh/small-mesh.ts';
import { captureOf } from './capture.ts';

const PREFIX = 'traffic.sidecar.istio.io/';
const named = (lists: Record<string, string>) =>
  Object.fromEntries(Object.entries(lists).map(([name, value]) => [`${PREFIX}${name}`, value]));

/** Of the ports 80, 81 and 808, those that pass through the sidecar. */
function passing(direction: 'inbound' | 'outbound', lists: Record<string, string>): number[] {
  return [80, 81, 808].filter((port) => captureOf(named(lists))[direction](port));
}

test.each([
  [{}, [80, 81, 808]],
  [{ excludeInboundPorts: '80, 808' }, [81]],
  [{ excludeInboundPorts: '' }, [80, 81, 808]],
  [{ includeInboundPorts: '*', excludeInboundPorts: '81' }, [80, 808]],
  [{ includeInboundPorts: '80,81', excludeInboundPorts: '81' }, [80, 81]],
  [{ includeInboundPorts: '' }, []],
  [{ excludeOutboundPorts: '80' }, [80, 81, 808]],
])('When a pod has %j, then calls to it pass through the sidecar at %j', (lists, ports) => {
  expect(passing('inbound', lists)).toEqual(ports);
});

test.each([
  [{}, [80, 81, 808]],
  [{ excludeOutboundPorts: '80,081' }, [808]],
  [{ excludeInboundPorts: '80', includeInboundPorts: '' }, [80, 81, 808]],
  [{ includeOutboundPorts: '80' }, [80, 81, 808]],
  [{ includeOutboundIPRanges: '' }, []],
  [{ includeOutboundIPRanges: '', includeOutboundPorts: '80' }, [80]],
  [{ includeOutboundIPRanges: '10.96.0.0/12' }, [80, 81, 808]],
  [{ excludeOutboundIPRanges: '10.96.0.0/12, 0.0.0.0/0', includeOutboundPorts: '80' }, []],
])('When a pod has %j, then its own calls pass through the sidecar at %j', (lists, ports) => {
  expect(passing('outbound', lists)).toEqual(ports);
});

test.each([
  ['excludeInboundPorts', '80,,81', 'must be a list of port numbers such as "80,8080", not "80,,81"'],
  ['excludeInboundPorts', '*', 'must be a list of port numbers such as "80,8080", not "*"'],
  ['excludeOutboundPorts', '65536', 'must be a list of port numbers such as "80,8080", not "65536"'],
  ['includeInboundPorts', 'http', 'must be "*" or a list of port numbers such as "80,8080", not "http"'],
])('When %s is %j, then the pod is refused, as by the injector', (name, value, sentence) => {
  expect(() => resourcesOf(deployment('a', { annotations: named({ [name]: value }) }))).toThrow(
    `annotation ${PREFIX}${name} of Deployment a ${sentence}.`,
  );
});

test.each(['*', '80', ' 80 , 81 ', ''])('When includeInboundPorts is %j, then the pod is taken', (value) => {
  expect(resourcesOf(deployment('a', { annotations: named({ includeInboundPorts: value }) }))).toHaveLength(1);
});
