import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DESTINATION_RULE } from '../../../testdata/bad-istio/destination-rule.ts';
import { GATEWAY } from '../../../testdata/bad-istio/gateway.ts';
import { POLICIES } from '../../../testdata/bad-istio/policies.ts';
import { ROUTE } from '../../../testdata/bad-istio/route.ts';
import { TOKENS } from '../../../testdata/bad-istio/tokens.ts';
import { VIRTUAL_SERVICE } from '../../../testdata/bad-istio/virtual-service.ts';
import { readText } from '../../text.ts';

const good = readFileSync(new URL('../../../testdata/istio.yaml', import.meta.url), 'utf8');
const read = (text: string) => readText({ file: 'my.yaml', text, namespace: 'shop' });

describe("Istio's kinds with one mistake", () => {
  test('When nothing is changed, then all are read', () => {
    expect(read(good).map(({ kind }) => kind)).toEqual([
      'Gateway',
      'VirtualService',
      'DestinationRule',
      'PeerAuthentication',
      'AuthorizationPolicy',
      'Telemetry',
      'RequestAuthentication',
    ]);
  });

  test.each([...GATEWAY, ...VIRTUAL_SERVICE, ...ROUTE, ...DESTINATION_RULE, ...POLICIES, ...TOKENS])(
    'When "%s" becomes "%s", then one message names it',
    (written, becomes, sentence) => {
      const at = `\n${good}`.indexOf(`\n${written}`);
      expect(at).toBeGreaterThan(0);
      const line = good.slice(0, at).split('\n').length;
      const bad = `${good.slice(0, at)}${becomes}${good.slice(at + written.length)}`;
      const expected = sentence.replace(/^@([+-]\d+)?/, (_, offset = '0') => `my.yaml:${line + Number(offset)}`);
      expect(() => read(bad)).toThrow(new Error(`${expected} Nothing was changed.`));
    },
  );
});
