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

/** The real destination of a connection: a port on 127.0.0.1, an error, or undefined for a host outside of the cluster. */
function destination(host, port) {
  if ((host === 'localhost' || host === '127.0.0.1' || host === '::1') && ownPorts.has(port)) return ownPorts.get(port);
  const refused = () => failure('ECONNREFUSED', 'connect', { address: host, port });
  const pod = cluster().pods[host];
  if (pod) return pod[port] ?? refused();
  const service = serviceOf(host);
  if (!service) return isClusterName(host) ? unknown(host) : undefined;
  const ready = service.ports[port] ?? [];
  return ready.length > 0 ? ready[Math.floor(Math.random() * ready.length)] : refused();
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectInCluster(...args) {
  const [options, callback] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  if (options.path || options.port === undefined) return connect.call(this, options, callback);
  const target = destination(options.host ?? 'localhost', Number(options.port));
  if (target instanceof Error) {
    process.nextTick(() => this.destroy(target));
    return this;
  }
  const { lookup: _lookup, family: _family, autoSelectFamily: _auto, ...rest } = options;
  return target === undefined
    ? connect.call(this, options, callback)
    : connect.call(this, { ...rest, host: '127.0.0.1', port: target }, callback);
};

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenInPod(...args) {
  const [options, callback] = net._normalizeArgs(args);
  const port = Number(options.port);
  if (options.path || !ownPorts.has(port)) return listen.apply(this, args);
  this.address = () => ({ address: '0.0.0.0', family: 'IPv4', port });
  return listen.call(
    this,
    { ...options, host: '127.0.0.1', port: ownPorts.get(port) },
    ...(callback ? [callback] : []),
  );
};

const lookup = dns.lookup;
dns.lookup = function lookupInCluster(host, options, callback = options) {
  const service = typeof host === 'string' && !net.isIP(host) && serviceOf(host);
  if (!service && typeof host === 'string' && host && isClusterName(host))
    return void process.nextTick(callback, unknown(host));
  if (!service) return lookup.call(this, host, options, callback);
  const all = typeof options === 'object' && options.all;
  process.nextTick(() => (all ? callback(null, [{ address: service.ip, family: 4 }]) : callback(null, service.ip, 4)));
};
dns.promises.lookup = (host, options) =>
  new Promise((resolve, reject) =>
    dns.lookup(host, options ?? {}, (error, address, family) =>
      error ? reject(error) : resolve(options?.all ? address : { address, family }),
    ),
  );
