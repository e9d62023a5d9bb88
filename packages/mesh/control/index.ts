/** What istiod does: keeps the applied objects, serves xDS in order, and issues certificates. */
export { openAuthority } from './authority.ts';
export type { Authority, Certificate } from './authority.ts';
export { createPlane } from './plane.ts';
export type { Plane } from './plane.ts';
export { createStore } from './store.ts';
export type { Change, Store } from './store.ts';
export { Rejected } from './resources.ts';
export type { ProxyResources } from './resources.ts';
export { serveXds } from './xds.ts';
export type { Xds } from './xds.ts';
