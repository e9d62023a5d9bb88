import { weightsNote } from '@tuesday/mesh/explain';
import type { Ref } from '@tuesday/mesh/manifests';
import type { ApiShop } from './request.ts';

/** What is worth saying about a changed object beside that it changed. */
export interface Note {
  /** Weights that do not add up to 100, and what they mean. */
  note?: string;
  /** Where it was read from. */
  source?: { file: string; line: number };
}

/** Adds to each change where its object stands, and what its weights come to. */
export function withNotes<T extends { changes: { ref: Ref }[] }>(
  { store }: Pick<ApiShop, 'store'>,
  changed: T,
): T & { changes: (T['changes'][number] & Note)[] } {
  const changes = changed.changes.map((change) => {
    const resource = store.get(change.ref);
    if (resource === undefined) return change;
    const note = weightsNote(resource);
    return { ...change, source: resource.source, ...(note !== undefined && { note }) };
  });
  return { ...changed, changes };
}
