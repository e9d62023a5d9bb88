/** The size of the tests: the build runs `SIZE=full`, the quick size is less exact. */
const full = process.env['SIZE'] === 'full';
/** A change takes a local mesh half a second, and a cluster three. */
const isLocal = (process.env['PLACE'] ?? 'local') === 'local';

export const SIZE = {
  name: full ? 'full' : 'quick',
  /** Requests that judge 90/10: of 1,000, 15 % passes for 10 %. */
  canary: full ? 10_000 : 1_000,
  /** The same where only a wrong split by the half, or none at all, is possible. */
  otherSplits: full ? 1_000 : 300,
  /** Calls of checkout that judge 99/1: fewer than 1,450 could not tell a dead canary from 1 %. */
  billingCalls: 1_500,
  /** Checkouts that do the same for customers: 160 tell 1 % from half, and a tenth from nothing. */
  billing: full ? 2_000 : 160,
  /** Requests that judge a fault: of 160, 60 % pass for a quarter once in a hundred thousand times. */
  fault: full ? 300 : 160,
  /** Traces with the base's provider, and with each of the others. */
  traces: full ? 1_000 : 200,
  tracesOther: full ? 200 : 40,
  /** Changes under load: of weights (a cluster's stand in restarts.test.ts), and of each of two kinds of policies. */
  weightChanges: isLocal ? (full ? 200 : 20) : 0,
  policyChanges: isLocal ? (full ? 100 : 16) : 10,
  /** Whether tests wait until proxies close the connections from before a change, which takes a minute. */
  drain: full || !isLocal,
  /** Random sequences of pushes and restarts, after each of which every Envoy is compared with a fresh one: 300 take three seconds. */
  sequences: full ? 2_000 : 300,
  /** Mutations of our own YAML files, each read and translated: a thousand take half a minute. */
  mutations: full ? 10_000 : 1_000,
  /** Purchases at once while something is frozen: more than the connections of a pool. */
  frozen: full ? 200 : 24,
  /** Customers of each of the loads that count money, and how many a second: two idle cores manage 100 with every request traced. */
  customers: full ? 1_000 : 150,
  customersPerSecond: 25,
  /** The same while pods are killed, one in 900 ms, and restart. */
  customersPerSecondWithDeaths: full ? 25 : 12,
  deaths: full ? 20 : 12,
  /** Charges while two billings are killed in the middle of payments, and how often they are. */
  payments: full ? 1_000 : 80,
  paymentDeaths: full ? 30 : 4,
  /** Rows of each table of which retention removes the oldest. */
  retained: full ? 1_000_000 : 50_000,
  warmUp: full ? 400 : 100,
  /** Whether the page is tested in all four combinations of colour scheme and size, or in two that have each of them. */
  allLooks: full,
  /** Deployments that are restarted, and whose pods are deleted and killed; undefined for each. */
  restarted: full || !isLocal ? undefined : /^(gateway|checkout-v1)$/,
  deleted: full || !isLocal ? undefined : /^recommendations-v1$/,
  /** The load while pods are replaced, small enough for two cores, and the number of requests to judge. */
  readsPerSecond: 12,
  checkoutsPerSecond: 3,
  restartRequests: full || !isLocal ? 5_000 : 300,
  /** Pushes to one real Envoy under load, and how many requests there are at least meanwhile. */
  pushes: full ? 200 : 40,
  pushRequests: full ? 2_000 : 100,
  /** Sequences of pushes and restarts against a real Envoy, which take three seconds each. */
  realSequences: full ? 20 : 3,
};
