import type { Container, PodSpec } from '@tuesday/mesh/manifests';

/**
 * The demands of Pod Security `restricted` for the modelled fields. Host namespaces, host paths and host ports are not
 * modelled: the schemas reject them.
 * Source: Kubernetes documentation, Pod Security Standards, "Restricted".
 */
export function restricted({ securityContext: pod = {}, containers }: PodSpec): string[] {
  return containers.flatMap(({ securityContext: own = {} }: Container) => {
    const user = own.runAsUser ?? pod.runAsUser;
    const profile = (own.seccompProfile ?? pod.seccompProfile)?.type;
    const added = (own.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
    return [
      ...(own.privileged === true ? ['is privileged'] : []),
      ...(own.allowPrivilegeEscalation === false ? [] : ['may gain privileges']),
      ...((own.runAsNonRoot ?? pod.runAsNonRoot) === true && user !== 0 ? [] : ['may run as root']),
      ...(profile === 'RuntimeDefault' || profile === 'Localhost' ? [] : ['has no seccomp profile']),
      ...(own.capabilities?.drop?.includes('ALL') === true ? [] : ['keeps capabilities']),
      ...added.map((name) => `adds the capability ${name}`),
    ];
  });
}
