import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { configureLogger } from '../log.ts';
import { openAdmin, openUnready } from '../testing/open.ts';

test('When the password is wrong, then ping says so, and one line of the log says what to do', async () => {
  await using database = await freshDatabase();
  await using admin = await openAdmin(database.url);
  const role = `role_${randomBytes(6).toString('hex')}`;
  await admin.query(`create role ${role} login password 'secret'`);
  const lines: string[] = [];
  configureLogger({ service: 's', version: 'v1', pod: 'p' }, { write: (line) => void lines.push(line) });
  {
    await using db = openUnready(Object.assign(new URL(database.url), { username: role, password: 'wrong' }).href);
    const said = () => lines.map((line) => JSON.parse(line) as { code: string; msg: string });
    await eventually(() => said().some(({ code }) => code === '28P01'), 15_000);
    const refused = await db.ping().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      message: `The tables are not there yet: password authentication failed for user "${role}".`,
    });
    expect(said()).toMatchObject([{ msg: expect.stringContaining('Correct the password in DATABASE_URL') }]);
    expect(lines.join('')).not.toMatch(/wrong|secret/);
  }
  await admin.query(`drop role ${role}`);
}, 20_000);
