/** What istiod does: keeps the applied objects, serves xDS in order, and issues certificates. */
export { openAuthority } from './authority.ts';
export type { Authority } from './authority.ts';
export { createPlane } from './plane.ts';
export type { Plane } from './plane.ts';
export { createStore } from './store.ts';
export type { Change, Store } from './store.ts';
export { serveXds } from './xds.ts';
