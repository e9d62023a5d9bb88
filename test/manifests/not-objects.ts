/** Files below k8s/ and istio/ that the mesh's reader cannot read, with the reason. */
export const NOT_OBJECTS: Readonly<Record<string, string>> = {
  'istio/mesh-config.yaml': 'a MeshConfig has no kind: it goes into the installation of Istio',
  'istio/install/values.yaml': 'values of a Helm chart have no kind either',
};
