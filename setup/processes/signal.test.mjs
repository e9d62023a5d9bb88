import { beforeEach, expect, jest, test } from '@jest/globals';
import { isAlive, sendSignal, sendSignalToGroup } from './signal.mjs';

/** What would reach the system: nothing does, for a fault here would end all that runs the tests. */
const kill = jest.spyOn(process, 'kill');
beforeEach(() => void kill.mockReset().mockReturnValue(true));

/** @param {string} code */
const fails = (code) => () => {
  throw Object.assign(new Error(code), { code });
};

// What a file without its text, a container that does not run, or a number with a fault in it gives.
test.each([0, -0, 1, -1, -4711, NaN, 1.5, Infinity])(
  'When %p is to get a signal, then this is an error, and no process gets one',
  (pid) => {
    expect(() => sendSignal(pid, 'SIGKILL')).toThrow(`${pid} is not the id of a process that may get a signal.`);
    expect(() => sendSignalToGroup(pid, 'SIGKILL')).toThrow(`${pid} is not the id of a process group`);
    expect(kill).not.toHaveBeenCalled();
  },
);

test('When a process gets a signal, then it alone, and a group as a whole', () => {
  expect([sendSignal(4711, 'SIGINT'), sendSignalToGroup(4711, 'SIGTERM')]).toEqual([true, true]);
  expect(kill.mock.calls).toEqual([
    [4711, 'SIGINT'],
    [-4711, 'SIGTERM'],
  ]);
});

test('When the process is gone or was never there, then no one gets the signal, and this is no error', () => {
  kill.mockImplementation(fails('ESRCH'));
  expect([sendSignal(4711, 0), sendSignalToGroup(4711, 0), sendSignalToGroup(undefined, 0), isAlive(4711)]).toEqual(
    Array(4).fill(false),
  );
});

test('When the process is of another user, then it is alive, and a signal to it is an error', () => {
  kill.mockImplementation(fails('EPERM'));
  expect([isAlive(4711), isAlive(1)]).toEqual([true, true]);
  expect(() => sendSignal(4711, 'SIGKILL')).toThrow('EPERM');
});

test('When a number is not the id of a process, then nothing is alive', () => {
  expect([0, -1, NaN, 1.5].map(isAlive)).toEqual([false, false, false, false]);
  expect(kill).not.toHaveBeenCalled();
});
