import { expect, test } from '@jest/globals';
import { createEvents } from './events.ts';

test('When an event happens again, then it is counted and stands last', () => {
  const events = createEvents();
  events.add('Warning', 'Failed', 'a');
  events.add('Normal', 'Started', 'b');
  events.add('Warning', 'Failed', 'a');
  expect(events.list()).toMatchObject([
    { reason: 'Started', count: 1 },
    { reason: 'Failed', message: 'a', count: 2 },
  ]);
});

test('When there are very many different ones, then the oldest are forgotten', () => {
  const events = createEvents();
  for (let index = 0; index < 1_000; index++) events.add('Warning', 'Failed', `${index}`);
  expect(events.list()).toHaveLength(25);
  expect(events.list().at(-1)).toMatchObject({ message: '999' });
});
