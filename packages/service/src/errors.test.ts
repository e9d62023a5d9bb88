import { expect, test } from '@jest/globals';
import request from 'supertest';
import { eventually } from '../../../test/support/eventually.ts';
import { Problem, createService, plainRoute } from './index.ts';
import { configureLogger } from './log.ts';

const config = { name: 'example', version: 'v1' as const, pod: 'example-1', port: 0 };

test('When an error with causes is thrown, then the log has all of them without secrets, and the answer none', async () => {
  const cause = new Error('connecting to postgres://shop:hunter2@db failed', {
    cause: new AggregateError([new Error('ECONNREFUSED ::1')]),
  });
  const thrown = { defect: new Error('outer', { cause }), upstream: new Problem('upstream-refused', { cause }) };
  const routes = Object.entries(thrown).map(([path, error]) =>
    plainRoute(`/${path}`, () => {
      throw error;
    }),
  );
  const { app } = createService({ config, routes, ready: async () => undefined });
  const lines: string[] = [];
  configureLogger({ service: 's', version: 'v1', pod: 'p' }, { write: (line) => void lines.push(line) });
  const [defect, upstream] = [await request(app).get('/defect'), await request(app).get('/upstream')];
  expect([defect.status, upstream.status]).toEqual([500, 503]);
  expect(`${defect.text}${upstream.text}`).not.toMatch(/outer|postgres|ECONNREFUSED/);
  await eventually(() => lines.length === 4, 5_000);
  const said = lines.map((line) => JSON.parse(line) as { level: number; msg: string; reason?: string; err?: object });
  expect(said.find(({ level }) => level === 50)).toMatchObject({
    msg: 'unexpected error',
    err: {
      message: 'outer',
      cause: {
        message: 'connecting to postgres://shop:***@db failed',
        cause: { errors: [{ message: 'ECONNREFUSED ::1' }] },
      },
    },
  });
  expect(said.find(({ level }) => level === 40)).toMatchObject({
    msg: 'request failed',
    code: 'upstream-refused',
    reason: 'A service that is needed is not available: connecting to postgres://shop:***@db failed: ECONNREFUSED ::1',
  });
  expect(lines.join('')).not.toContain('hunter2');
});
