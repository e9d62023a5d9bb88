/** What istiod does: keeps the applied objects, serves xDS in order, and issues certificates. */
export { openAuthority, type Authority, type Certificate } from './authority.ts';
export { createPlane, type Plane } from './plane.ts';
export { createStore, type Change, type Store } from './store.ts';
export { Rejected, type ProxyResources } from './resources.ts';
export { serveXds, type Xds } from './xds.ts';
