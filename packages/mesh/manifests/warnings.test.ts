import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { findWarnings } from './warnings.ts';
import { readText } from './text.ts';

const good = readFileSync(new URL('../testdata/workload.yaml', import.meta.url), 'utf8');
const lines = good.split('\n');

function warnings(text: string): string[] {
  return findWarnings(readText({ file: 'my.yaml', text, namespace: 'shop' })).map(({ message }) => message);
}

describe('references in a manifest', () => {
  test('When all references exist, then there is no warning', () => {
    expect(warnings(good)).toEqual([]);
  });

  test.each([
    [
      '      serviceAccountName: billing',
      '      serviceAccountName: biling',
      'runs as ServiceAccount biling, which does not exist',
    ],
    [
      '                  name: billing-database',
      '                  name: billing',
      'takes DATABASE_URL from Secret billing, which does not exist',
      3,
    ],
    [
      '                  key: url',
      '                  key: uri',
      'takes DATABASE_URL from "uri" of Secret billing-database, which has only url',
      4,
    ],
    [
      '                name: tracing',
      '                name: traces',
      'takes its environment from ConfigMap traces, which does not exist',
      1,
    ],
    [
      '              port: http',
      '              port: web',
      'is probed at port "web", which container billing does not have',
      3,
    ],
    ['          emptyDir: {}', '          secret: { secretName: init }', 'mounts Secret init, which does not exist', 1],
    [
      '          emptyDir: {}',
      '          configMap: { name: tracing, items: [{ key: a, path: a }] }',
      'mounts "a" of ConfigMap tracing, which has only OTEL_BSP_SCHEDULE_DELAY',
      1,
    ],
  ])('When "%s" becomes "%s", then a warning names file and line', (written, becomes, what, above = 0) => {
    const line = lines.indexOf(written) + 1 - above;
    expect(warnings(good.replace(`${written}\n`, `${becomes}\n`))).toEqual([
      `my.yaml:${line}: Deployment billing-v1 ${what}.`,
    ]);
  });

  test('When a missing reference is optional, then there is no warning', () => {
    const key = '                  key: ';
    expect(warnings(good.replace(`${key}url`, `${key}uri\n                  optional: true`))).toEqual([]);
  });

  test('When a Service selects no pods, or a port that its pods do not have, then there is a warning', () => {
    expect(warnings(good.replace('    app: billing\n  ports', '    app: biling\n  ports'))).toEqual([
      'my.yaml:20: Service billing selects no pods: no workload is labelled app=biling.',
    ]);
    expect(warnings(good.replace('targetPort: http', 'targetPort: web'))).toEqual([
      'my.yaml:25: Service billing sends to port "web", which Deployment billing-v1 does not have.',
    ]);
  });

  test('When the object is in another namespace, then there is a warning', () => {
    expect(warnings(good.replace('name: tracing\ndata', 'name: tracing\n  namespace: other\ndata'))).toHaveLength(1);
  });

  test('When a StatefulSet has claims, then it can mount them; its Service must exist', () => {
    const text = good
      .replace('kind: Deployment', 'kind: StatefulSet')
      .replace(/ {2}strategy:[\s\S]*?(?= {2}template)/, '  serviceName: billing\n')
      .replace(
        / {6}volumes:[\s\S]*?---/,
        '  volumeClaimTemplates:\n    - metadata: { name: run }\n      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n---',
      );
    expect(warnings(text)).toEqual([]);
    expect(warnings(text.replace('serviceName: billing', 'serviceName: gone'))).toEqual([
      'my.yaml:44: StatefulSet billing-v1 belongs to Service gone, which does not exist.',
    ]);
  });
});
