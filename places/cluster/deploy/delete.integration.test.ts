import { describe, expect, test } from '@jest/globals';
import { OVERLAY } from '../../repository.ts';
import { type Answer, kubectl, withTools } from '../testing/fake-tools.ts';
import { deleteOverlay } from './delete.ts';

const remove = (answers: Answer[]) => withTools(answers, (terminal) => deleteOverlay(terminal, OVERLAY));
const context = kubectl('config current-context', 'kind-shop\n');
const namespace = (name: string) => kubectl('config view --minify *', name);
const back = kubectl('config set-context --current --namespace=default', '');
const gone = kubectl('delete -k *', 'namespace "shop" deleted\nservice "billing" deleted\n');

describe('delete', () => {
  test('When the shop is deleted, then the context no longer points to its namespace', async () => {
    const { code, out, calls } = await remove([context, gone, namespace('shop'), back]);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'Deleting from context kind-shop; the pods are given 30 s to end.',
      '2 objects deleted.',
      "kubectl's current namespace was shop and is now default.",
      '',
    ]);
    expect(calls[1]).toMatch(/^kubectl delete -k .*k8s\/overlays\/local --ignore-not-found --wait --timeout=180s$/);
  });

  test.each(['', 'other'])('When the context points to "%s", then it is left alone', async (name) => {
    const { code, calls } = await remove([context, gone, namespace(name)]);
    expect({ code, last: calls.at(-1) }).toMatchObject({ code: 0, last: expect.stringContaining('config view') });
  });

  test('When there is nothing to delete, then it says so', async () => {
    const { code, out } = await remove([context, kubectl('delete -k *', ''), namespace('shop')]);
    expect(code).toBe(0);
    expect(out).toContain('There was nothing to delete.');
  });

  test('When the namespace is not deleted in time, then it says so', async () => {
    const slow = {
      ...kubectl('delete -k *'),
      stderr: 'error: timed out waiting for the condition on namespaces/shop\n',
      code: 1,
    };
    const { code, err } = await remove([context, slow]);
    expect(code).toBe(1);
    expect(err).toBe(
      'kubectl delete failed: timed out waiting for the condition on namespaces/shop.\nMend it: kubectl get namespace   (one that is Terminating only needs time)\n',
    );
  });
});
