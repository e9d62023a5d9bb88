import { weightsNote } from '@tuesday/mesh/explain';
import type { Changed } from '../changes/changes.ts';
import type { ApiShop } from './request.ts';

/** Adds to each change where its object stands, and what its weights come to where they do not add up to 100. */
export function withNotes({ store }: Pick<ApiShop, 'store'>, changed: Changed): Changed {
  const changes = changed.changes.map((change) => {
    const resource = store.get(change.ref);
    if (resource === undefined) return change;
    const note = weightsNote(resource);
    return { ...change, source: resource.source, ...(note !== undefined && { note }) };
  });
  return { ...changed, changes };
}
