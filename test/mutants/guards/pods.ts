import type { Mutant } from '../mutant.ts';

const local = 'places/local/';

/** A guard of places/local, `file` without `.ts`, with the test that notices it in `tests`. */
export const guard = (
  name: string,
  tests: string,
  change: { file: string; find: string; replace: string; title: string },
) => {
  const { file, find, replace, title } = change;
  return {
    name: `pods: ${name}`,
    edits: [{ file: `${local}${file}`, find, replace }],
    tests: `${local}${tests}`,
    title,
  } satisfies Mutant;
};

/** What a pod does never ends the shop, and what became of it can be seen. */
export const PODS: Mutant[] = [
  guard('a late error belongs to its pod', 'boundary.integration.test.ts', {
    file: 'boundary.ts',
    find: '(owner.getStore() ?? onFault)(',
    replace: 'onFault(',
    title: 'When a timer throws, then that is a fault of the boundary around it, and the process goes on',
  }),
  guard('what follows from a pod is not its fault', 'boundary.integration.test.ts', {
    file: 'boundary.ts',
    find: 'return owner.run(undefined, work);',
    replace: 'return work();',
    title: 'When work has left the boundary, or was never in it, then its fault is the one of the runner',
  }),
  guard('a pod without ports tries again', 'pods/create-pod.test.ts', {
    file: 'pods/life.ts',
    find: "change({ reason: 'CreateContainerError', message, failures });",
    replace: 'throw error;',
    title: 'When a pod cannot have its ports or its files, then it waits with the reason, and starts once it can',
  }),
  guard('a container that cannot be created counts no restart', 'pods/create-pod.test.ts', {
    file: 'pods/container-restarts.ts',
    find: 'await pause(nextTry(0), stopping);',
    replace: 'restarts++; await pause(nextTry(0), stopping);',
    title: 'When a container cannot be created, then that counts no restart, and the reason is the one of Kubernetes',
  }),
  guard('a probe that cannot be sent has failed', 'pods/create-pod.test.ts', {
    file: 'pods/probes.ts',
    find: 'return errorOf(error).message;',
    replace: 'throw error;',
    title: 'When a probe cannot be sent, then it has failed with that reason',
  }),
  guard('each step of a pod’s end is taken', 'pods/create-pod.test.ts', {
    file: 'pods/create-pod.ts',
    find: '      } catch (error) {\n        fault(error);\n      }',
    replace: '      } finally {\n        fault(step);\n      }',
    title: 'When the end of a pod fails in a step, then the other steps follow, and the fault is an event',
  }),
  guard('a pod that is stopped early starts nothing', 'pods/create-pod.test.ts', {
    file: 'pods/life.ts',
    find: 'if (!stopping.aborted) return sandbox;',
    replace: 'return sandbox;',
    title: 'When a pod is stopped before it has its ports, then it never starts',
  }),
  guard('a signal that cannot be sent is an event', 'pods/termination.test.ts', {
    file: 'pods/termination.ts',
    find: '      running.kill(signal);\n    } catch (error) {\n      failed(error);',
    replace: '      running.kill(signal);\n    } catch (error) {\n      throw error;',
    title: 'When a signal cannot be sent, then that is an event, and the next one follows',
  }),
  guard('one file that cannot be written holds up no other', 'pods/faults.integration.test.ts', {
    file: 'network/network.ts',
    find: 'faults.push(error);',
    replace: 'throw error;',
    title:
      'When the file of a pod that runs cannot be replaced, then those of the others are, and it gets the news later',
  }),
  guard('files that could not be written are written later', 'pods/faults.integration.test.ts', {
    file: 'publisher.ts',
    find: 'if (!done.every(Boolean)) again',
    replace: 'if (done.length === 0) again',
    title:
      'When the file of a pod that runs cannot be replaced, then those of the others are, and it gets the news later',
  }),
  guard('the exit code of a signal is 128 and more', 'pods/terminated.test.ts', {
    file: 'pods/terminated.ts',
    find: '128 + (number ?? 0)',
    replace: '(number ?? 0)',
    title:
      'When a process ends with {"code":null,"signal":"SIGTERM"}, then its container has ended with {"exitCode":143,"signal":15,"reason":"Error"}',
  }),
  guard('how a run has ended stays', 'pods/create-pod.test.ts', {
    file: 'pods/container-restarts.ts',
    find: '      last,\n',
    replace: '      last: undefined,\n',
    title: 'When a container ends, then how it has ended stays with the next one, and the pauses grow',
  }),
  guard('the same event is counted', 'pods/events.test.ts', {
    file: 'pods/events.ts',
    find: 'count: count + 1',
    replace: 'count: 1',
    title: 'When an event happens again, then it is counted and stands last',
  }),
  guard('a Service has no IPv6 address for a look-up', 'network/capture-dns.integration.test.ts', {
    file: 'network/capture.cjs',
    find: 'if (!service || isSix(family)) return',
    replace: 'if (!service) return',
    title: 'When lookup with family 6 asks for an IPv6 address of a Service, then there is none',
  }),
  guard('a Service has no IPv6 address for a connection', 'network/capture-dns.integration.test.ts', {
    file: 'network/capture.cjs',
    find: 'if (isSix(family) && !net.isIP(host)) return unknown(host);',
    replace: '',
    title: 'When a connection with family 6 asks for an IPv6 address of a Service, then there is none',
  }),
  guard('DNS answers for the names of Services', 'network/capture-dns.integration.test.ts', {
    file: 'network/capture.cjs',
    find: 'for (const owner of [dns, dns.Resolver.prototype])',
    replace: 'for (const owner of [dns])',
    title:
      'When DNS is asked for the full name of a Service, then every form of the query gives its address, and none of IPv6',
  }),
  guard('no pod listens for other machines', 'network/capture.integration.test.ts', {
    file: 'network/capture.cjs',
    find: '(own === undefined && !isWholePod(options.host))',
    replace: 'own === undefined',
    title: 'When a pod listens on 0, then only this machine reaches it',
  }),
  guard('a Service keeps its address', 'network/endpoints.test.ts', {
    file: 'network/service-addresses.ts',
    find: 'known.get(fqdn) ?? addressAt(known.size)',
    replace: 'addressAt(known.size)',
    title: 'When a Service is deleted, then all others keep their addresses for their lives',
  }),
  guard('a process group ends with its leader', 'processes/process.integration.test.ts', {
    file: 'processes/process.ts',
    find: 'void exited.then(() => endRest(child.pid));',
    replace: '',
    title: 'When the leader of a process group ends by itself, then its children end too',
  }),
  guard('a program without file descriptors has ended', 'processes/process.integration.test.ts', {
    file: 'processes/process.ts',
    find: 'output?.on(',
    replace: 'output!.on(',
    title: 'When there is no file descriptor left for a program, then it has ended with 127, and the runner goes on',
  }),
  guard('the logs of gone pods go too', 'pods/pod-logs.test.ts', {
    file: 'pods/pod-logs.ts',
    find: 'if (ended.length > KEPT) drop(ended.shift()!);',
    replace: '',
    title: 'When many pods have ended, then the logs of the last ten are there, and of those that run',
  }),
  guard('a pod has no log of a namesake', 'pods/pod-logs.test.ts', {
    file: 'pods/pod-logs.ts',
    find: 'if (ended.includes(pod)) drop(pod);',
    replace: '',
    title: 'When a pod gets the name of one that has ended, then it begins without a log, and keeps its own',
  }),
  guard('a pod’s logs are those of two runs', 'processes/log-file.integration.test.ts', {
    file: 'processes/log-file.ts',
    find: 'for (const file of [old, `${old}.old`]) rmSync(file, { force: true });',
    replace: '',
    title: 'When a container is started again and again, then the logs of its last two runs are there',
  }),
  guard('a pod that cannot be made keeps no port', 'pods/sandbox.test.ts', {
    file: 'pods/sandbox.ts',
    find: '    free();\n    throw error;',
    replace: '    throw error;',
    title: 'When a pod cannot be made, then it keeps no port',
  }),
];
