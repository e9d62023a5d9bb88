const MIB = 1024 * 1024;

/**
 * The most that a file may have, and a document with its aliases written out, in bytes. It is what an API server reads of one
 * request (k8s.io/apiserver, pkg/server/config.go, MaxRequestBodyBytes).
 */
export const MOST_BYTES = 3 * MIB;
export const TOO_LARGE = `has more than ${MOST_BYTES / MIB} MiB`;

/** Of one object, as JSON, in bytes: etcd takes no larger request (etcd, server/embed/config.go, DefaultMaxRequestBytes). */
export const MOST_OBJECT_BYTES = 1.5 * MIB;

/**
 * Of names, values, signs, spaces and line ends in a file. Kubernetes has no such limit: as few bytes may hold ten times as many,
 * and reading them would stop the shop for seconds. A ConfigMap of 20,000 keys has half of it.
 */
export const MOST_TOKENS = 250_000;

/** Of values in a file, with its aliases written out: go-yaml stops at 400,000 (decode.go, alias_ratio_range_low). */
export const MOST_VALUES = 100_000;

/** Of documents in a file, or JSON objects: the shop's overlay comes to 60. Kubernetes has no such limit. */
export const MOST_DOCUMENTS = 5_000;

/**
 * Of lists and mappings within each other. go-yaml and Go's JSON stop at 10,000 (scannerc.go, max_flow_level); the readers here
 * call themselves for each level, and no object of Kubernetes has more than 30.
 */
export const MOST_LEVELS = 100;
