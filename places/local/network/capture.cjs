'use strict';
/**
 * Does inside a pod's process what the cluster's network does for a pod: DNS gives every Service an address, kube-proxy
 * connects to a random ready pod, and each pod has its own address and its own port 8080. It is loaded by
 * --require, because worker threads do not get what an --import changes. TUESDAY_ENDPOINTS names the file with the ready
 * pods, which the runner replaces.
 */
const dns = require('node:dns');
const fs = require('node:fs');
const net = require('node:net');

const { TUESDAY_ENDPOINTS: file, TUESDAY_NAMESPACE: namespace = 'shop', TUESDAY_PORTS = '' } = process.env;
const ownPorts = new Map(
  TUESDAY_PORTS.split(',')
    .filter(Boolean)
    .map((pair) => pair.split(':').map(Number)),
);
let known = { services: {}, pods: {} };
let readAt = -1;

function cluster() {
  const { mtimeMs } = fs.statSync(file);
  if (mtimeMs !== readAt) [known, readAt] = [JSON.parse(fs.readFileSync(file, 'utf8')), mtimeMs];
  return known;
}

/** The Service of a host name or a virtual address: `billing`, `billing.shop`, `billing.shop.svc.cluster.local`. */
function serviceOf(host) {
  const { services } = cluster();
  if (net.isIP(host)) return Object.values(services).find(({ ip }) => ip === host);
  const [name, space = namespace, ...rest] = host.toLowerCase().replace(/\.$/, '').split('.');
  return ['', 'svc', 'svc.cluster.local'].includes(rest.join('.')) ? services[`${space}/${name}`] : undefined;
}

/** Whether only the cluster could resolve a name: one word, `word.namespace`, or anything below `svc`. */
function isClusterName(host) {
  if (net.isIP(host) || host === 'localhost') return false;
  const [, space, ...rest] = host.toLowerCase().replace(/\.$/, '').split('.');
  if (space === undefined || /\.svc(\.cluster\.local)?\.?$/i.test(host)) return true;
  return rest.length === 0 && Object.keys(cluster().services).some((key) => key.startsWith(`${space}/`));
}

const failure = (code, syscall, facts) =>
  Object.assign(new Error(`${syscall} ${code} ${Object.values(facts).join(':')}`), { code, syscall, ...facts });
const unknown = (hostname) => failure('ENOTFOUND', 'getaddrinfo', { hostname });

/** The cluster has IPv4 only: a Service has no address of another family. */
const isSix = (family) => family === 6 || family === 'IPv6';

/** The real destination of a connection: a port on 127.0.0.1, an error, or undefined for a host outside of the cluster. */
function destination(host, port, family) {
  if ((host === 'localhost' || host === '127.0.0.1' || host === '::1') && ownPorts.has(port)) return ownPorts.get(port);
  const refused = () => failure('ECONNREFUSED', 'connect', { address: host, port });
  const pod = cluster().pods[host];
  if (pod) return pod[port] ?? refused();
  const service = serviceOf(host);
  if (!service) return isClusterName(host) ? unknown(host) : undefined;
  if (isSix(family) && !net.isIP(host)) return unknown(host);
  const ready = service.ports[port] ?? [];
  return ready.length > 0 ? ready[Math.floor(Math.random() * ready.length)] : refused();
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectInCluster(...args) {
  const [options, callback] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  if (options.path || options.port === undefined) return connect.call(this, options, callback);
  const target = destination(options.host ?? 'localhost', Number(options.port), options.family);
  if (target instanceof Error) {
    process.nextTick(() => this.destroy(target));
    return this;
  }
  const { lookup: _lookup, family: _family, autoSelectFamily: _auto, ...rest } = options;
  return target === undefined
    ? connect.call(this, options, callback)
    : connect.call(this, { ...rest, host: '127.0.0.1', port: target }, callback);
};

/** Whether a server that listens at this host listens at every address of its pod. */
const isWholePod = (host) => !host || host === '::' || host === '0.0.0.0' || host in cluster().pods;

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenInPod(...args) {
  const [options, callback] = net._normalizeArgs(args);
  const isPort = args.length === 0 || typeof args[0] === 'function' || 'port' in options;
  const port = typeof options.port === 'function' ? 0 : (options.port ?? 0);
  const own = ownPorts.get(Number(port));
  // A path, a handle or a descriptor is not changed, nor a port at one address that no container declares.
  if (options.path || !isPort || (own === undefined && !isWholePod(options.host))) return listen.apply(this, args);
  if (own !== undefined) this.address = () => ({ address: '0.0.0.0', family: 'IPv4', port: Number(port) });
  return listen.call(this, { ...options, host: '127.0.0.1', port: own ?? port }, ...(callback ? [callback] : []));
};

const lookup = dns.lookup;
dns.lookup = function lookupInCluster(host, options, callback = options) {
  const isCluster = typeof host === 'string' && host !== '' && typeof callback === 'function' && isClusterName(host);
  const service = isCluster && serviceOf(host);
  if (!isCluster) return lookup.call(this, host, options, callback);
  const { family = options, all = false } = typeof options === 'object' && options !== null ? options : {};
  if (!service || isSix(family)) return void process.nextTick(callback, unknown(host));
  process.nextTick(() => (all ? callback(null, [{ address: service.ip, family: 4 }]) : callback(null, service.ip, 4)));
};
// Among them is what util.promisify reads.
for (const symbol of Object.getOwnPropertySymbols(lookup))
  Object.defineProperty(dns.lookup, symbol, Object.getOwnPropertyDescriptor(lookup, symbol));
dns.promises.lookup = (host, options) =>
  new Promise((resolve, reject) =>
    dns.lookup(host, options ?? {}, (error, address, family) =>
      error ? reject(error) : resolve(options?.all ? address : { address, family }),
    ),
  );

/** How long CoreDNS lets its answers be kept, in seconds, as kubeadm sets it up. */
const TTL = 30;

/** The answer of the cluster's DNS server to a query, or its error; undefined for a name outside of the cluster. As with c-ares, only a full name is one that the server knows: these queries do not use the search domains. */
function answerOf(hostname, type, options) {
  if (typeof hostname !== 'string' || !['A', 'AAAA', 'ANY'].includes(type) || !isClusterName(hostname))
    return undefined;
  const service = /\.svc\.cluster\.local\.?$/i.test(hostname) && serviceOf(hostname);
  const syscall = `query${type[0]}${type.slice(1).toLowerCase()}`;
  if (!service) return failure('ENOTFOUND', syscall, { hostname });
  if (type === 'AAAA') return failure('ENODATA', syscall, { hostname });
  const address = service.ip;
  if (type === 'ANY') return [{ address, ttl: TTL, type: 'A' }];
  return options?.ttl ? [{ address, ttl: TTL }] : [address];
}

function resolveInCluster(owner, method, isPromised) {
  const type = { resolve4: 'A', resolve6: 'AAAA', resolveAny: 'ANY' }[method];
  const original = owner[method];
  owner[method] = function resolve(host, ...rest) {
    const answer = answerOf(host, type ?? (typeof rest[0] === 'string' ? rest[0] : 'A'), rest[0]);
    if (answer === undefined) return original.call(this, host, ...rest);
    if (isPromised) return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    const callback = rest.at(-1);
    if (typeof callback !== 'function') return original.call(this, host, ...rest);
    process.nextTick(() => (answer instanceof Error ? callback(answer) : callback(null, answer)));
  };
}
for (const method of ['resolve', 'resolve4', 'resolve6', 'resolveAny']) {
  for (const owner of [dns, dns.Resolver.prototype]) resolveInCluster(owner, method, false);
  for (const owner of [dns.promises, dns.promises.Resolver.prototype]) resolveInCluster(owner, method, true);
}
