/** How a namespace sees an object: only its own namespace sees it, it is exported to it by name, everybody sees it, or it does not. */
export type Visibility = 'private' | 'exported' | 'public' | 'none';

/** An object of a namespace with its exportTo: namespaces, `.` for its own, `*` for all; an empty list is `*`. */
interface Exported {
  namespace: string;
  exportTo: readonly string[];
}

/**
 * How the namespace `from` sees an object. Source: istio.io, Virtual Service, exportTo; istio/istio, push_context.go
 * initVirtualServices and initServiceRegistry.
 */
export function visibilityOf({ namespace, exportTo }: Exported, from: string): Visibility {
  if (exportTo.length === 0 || exportTo.includes('*')) return 'public';
  const namespaces = exportTo.map((name) => (name === '.' ? namespace : name));
  if (!namespaces.includes(from)) return 'none';
  return from === namespace ? 'private' : 'exported';
}
