import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nowhere, pod, startFakeControl, until } from './testing/fake-control.ts';
import { applied } from './testing/translation.ts';

let control: ReturnType<typeof startFakeControl>;
beforeEach(() => {
  control = startFakeControl();
});
afterEach(() => control.plane.stop());

describe('a trial', () => {
  test('When a trial is accepted, then its objects stay, and the same objects are not translated again', async () => {
    control.plane.pods([pod('one')], nowhere);
    const objects = applied('checkout-v1');
    const tried = control.plane.trial(objects);
    await control.acknowledge(1);
    expect(await tried).toMatchObject({ sidecars: 1, rejected: [] });
    control.calls.length = 0;
    control.plane.update([...objects]);
    await control.plane.settled();
    expect([control.calls, control.trials]).toEqual([[], ['begin', 'end']]);
  });

  test('When a trial is refused, then the objects of before are back, and the object at fault is named', async () => {
    const [base, other, bad] = applied('checkout-v1', 'other', 'bad');
    control.plane.update([base!]);
    control.plane.pods([pod('one')], nowhere);
    await control.acknowledge(1);
    const tried = control.plane.trial([base!, other!, bad!]);
    await until(() => control.pushes.length === 1);
    control.pushes.splice(0)[0]?.end('no bad');
    const [push] = await control.acknowledge(1);
    expect(push?.resources.clusters.map(({ name }) => name)).toEqual(['checkout-v1']);
    const { rejected } = await tried;
    expect(rejected).toMatchObject([{ node: 'one', reason: 'no bad', objects: [bad] }]);
    expect(control.trials).toEqual(['begin', 'end']);
  });

  test('When the objects of a trial cannot be translated, then it rejects, and those of before are in force', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one')], nowhere);
    await control.acknowledge(1);
    await expect(control.plane.trial(applied('nonsense'))).rejects.toThrow('nonsense means nothing');
    expect(await control.plane.settled()).toMatchObject({ sidecars: 1 });
    expect(control.plane.mesh().workloads).toHaveLength(1);
  });
});
