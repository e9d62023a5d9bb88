/** What istiod does: keeps the applied objects, serves xDS in order, and issues certificates. */
export { openAuthority, type Authority, type Certificate } from './certificates/authority.ts';
export { createPlane, type Plane, type TriedRefusal } from './plane.ts';
export { createStore, type Change, type Prepared, type Store } from './store.ts';
export { takenPort } from './xds/refusal.ts';
export type { ResourceType } from './xds/resource-type.ts';
export type { ProxyResources } from './xds/resources.ts';
export { serveXds, type RefusedBy, type Synced, type Xds } from './xds/server.ts';
