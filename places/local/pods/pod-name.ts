interface ProxiedPod {
  name: string;
  proxy: { node: string } | undefined;
}

/** The name of the pod whose Envoy has this `node.id`; the id itself where the pod is gone. */
export function podNameOf(node: string, pods: readonly ProxiedPod[]): string {
  return pods.find(({ proxy }) => proxy?.node === node)?.name ?? node;
}
