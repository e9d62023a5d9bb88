/** The fields of an AuthorizationPolicy's source that match the caller's address (istio.io, Authorization Policy, Source). */
export const ADDRESS_FIELDS = ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'] as const;
