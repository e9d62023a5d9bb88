import { z } from 'zod';
import {
  answer,
  createCallee,
  createService,
  openDatabase,
  plainRoute,
  readEnvironment,
  runMain,
  tracing,
} from '../index.ts';
import { MIGRATIONS } from './open.ts';

const SHAPE = { DATABASE_URL: z.url(), CALLEE_URL: z.url() };

/** A service that does for one request, `GET /things/:id`, whatever is traced: a call, queries, and work continued later. `GET /waits/:id` has no answer. */
runMain(async function traced() {
  const config = readEnvironment(process.env, SHAPE);
  const callee = createCallee({ service: 'callee', baseUrl: config.env.CALLEE_URL, limitMs: 2_000 });
  const db = openDatabase({ url: config.env.DATABASE_URL, migrations: MIGRATIONS, name: 'traced' });
  const things = plainRoute('/things/:id', async (req, res) => {
    await db.transaction((tx) => tx.query('insert into things (id) values ($1)', [req.params['id']]));
    await callee.call({ method: 'GET', path: '/called' });
    await tracing().continue(tracing().traceparent(), 'continued', () => db.query('select id from things'));
    answer(res, 200, tracing().ids());
  });
  const waits = plainRoute('/waits/:id', () => undefined);
  const stop = async () => void (await Promise.all([callee.close(), db.close()]));
  await createService({ config, routes: [things, waits], ready: () => db.ping(), stop }).start();
});
