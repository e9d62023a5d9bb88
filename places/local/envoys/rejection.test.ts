import { expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastRejection } from './rejection.ts';

function refusalOf(...lines: string[]): string | undefined {
  const log = join(mkdtempSync(join(tmpdir(), 'tuesday-refusal-')), 'istio-proxy.0.log');
  writeFileSync(log, lines.map((line) => `${line}\n`).join(''));
  return lastRejection(log);
}

const AT = '[2026-05-04 10:31:02.117][4711][warning][config]';
const LISTENERS = `${AT} [source/extensions/config_subscription/rest/http_subscription_impl.cc:95] REST config for /v3/discovery:listeners rejected: `;

test('When an Envoy rejected its configuration, then the reason is that of the last rejection', () => {
  const other = `${AT} [source/common/upstream/cluster_manager_impl.cc:12] something else`;
  const first = `${LISTENERS}Error adding/updating listener(s) inbound: an earlier reason`;
  const second = `${LISTENERS}Error adding/updating listener(s) inbound_8080: Proto constraint validation failed`;
  expect(refusalOf(first, other, second, other)).toBe(
    'Error adding/updating listener(s) inbound_8080: Proto constraint validation failed',
  );
});

test('When it rejected only a part, then the part is named with its reason', () => {
  expect(refusalOf(`${AT} [x.cc:1] Error adding/updating cluster(s) outbound|80||a: invalid thing`)).toBe(
    'cluster(s) outbound|80||a: invalid thing',
  );
});

test('When it rejected nothing, or has no log, then there is no reason', () => {
  expect(refusalOf(`${AT} [x.cc:1] all is well`)).toBeUndefined();
  expect(lastRejection(join(tmpdir(), 'tuesday-no-such.log'))).toBeUndefined();
});
