import type { Mutant } from '../mutant.ts';

const tests = (name: string) => `setup/${name}.test.mjs`;

const GUARDS: Mutant[] = [
  {
    name: 'the checksum of a downloaded Node',
    edits: [{ file: 'setup/node.mjs', find: '=== build.integrity) return;', replace: "!== 'sha512-') return;" }],
    tests: tests('node.integration'),
    title: 'When the checksum is wrong, then one message says so and the cache stays empty',
  },
  {
    name: 'the stamp is removed before an installation begins',
    edits: [{ file: 'setup/packages.mjs', find: 'if (!adds) removeStamp(', replace: 'if (!adds) void (' }],
    tests: tests('packages'),
    title: 'When an installation is interrupted or fails, then it does not count',
  },
  {
    name: 'a package that npm could only half write does not count',
    edits: [
      { file: 'setup/packages.mjs', find: '!/TAR_ENTRY_ERROR/.test(output)', replace: "output !== 'TAR_ENTRY_ERROR'" },
    ],
    tests: tests('packages'),
    title: 'When the disk is full and npm only warns, then the half-written installation does not count',
  },
  {
    name: 'the list of a half-written installation is removed',
    edits: [{ file: 'setup/packages.mjs', find: 'rmSync(installedIn(root)', replace: 'void (installedIn(root)' }],
    tests: tests('packages'),
    title: 'When the disk is full and npm only warns, then the half-written installation does not count',
  },
  {
    name: 'a package for this platform is needed although it is optional',
    edits: [{ file: 'setup/packages.mjs', find: 'return Boolean(os && cpu) &&', replace: 'return !os && !cpu &&' }],
    tests: tests('packages'),
    title:
      'When npm goes on without a package for this platform, then its name and the reason are printed, and it does not count',
  },
  {
    name: 'one set-up at a time',
    edits: [{ file: 'setup/lock.mjs', find: "=== 'EEXIST') return false;", replace: "=== 'EEXIST') return true;" }],
    tests: tests('ready'),
    title: 'When two set-ups start at once, then the packages are installed once',
  },
  {
    name: 'the lock of a dead process is removed',
    edits: [
      {
        file: 'setup/lock.mjs',
        find: 'find(isRunning)',
        replace: 'find(pidOf)',
      },
    ],
    tests: tests('lock.integration'),
    title: 'When the lock is held by a dead process, then it is removed and the work runs',
  },
  {
    name: 'the wait for another set-up is no longer shown when it has ended',
    edits: [{ file: 'setup/lock.mjs', find: 'onEnd?.();', replace: 'void onEnd;' }],
    tests: tests('ready'),
    title: 'When another set-up runs, then the wait for it is shown until it ends',
  },
  {
    name: 'a command of the set-up ends when the set-up is killed',
    edits: [
      {
        file: 'setup/processes/guarded.mjs',
        find: "process.once('disconnect', endGroup);",
        replace: "process.once('disconnect', () => {});",
      },
    ],
    tests: tests('processes/command.integration'),
    title: 'When the set-up gets SIGKILL, then the command and what it has started end too',
  },
  {
    name: 'what a command of the set-up has started ends with it',
    edits: [
      {
        file: 'setup/processes/guarded.mjs',
        find: 'sendSignalToGroup(process.pid, signal)',
        replace: 'child.kill(signal)',
      },
    ],
    tests: tests('processes/command.integration'),
    title: 'When the set-up gets SIGINT, then the command and what it has started end too',
  },
  {
    name: 'a command that does not end by SIGTERM is killed',
    edits: [
      {
        file: 'setup/processes/guarded.mjs',
        find: "setTimeout(() => signalGroup('SIGKILL'), GRACE)",
        replace: 'setTimeout(() => {}, GRACE)',
      },
    ],
    tests: tests('processes/command.integration'),
    title: 'When the command does not end by SIGTERM, then it is killed',
  },
  {
    name: 'an npm that a proxy stops is ended',
    edits: [{ file: 'setup/processes/command.mjs', find: "      end('SIGTERM');\n", replace: '' }],
    tests: tests('processes/command.integration'),
    title: 'When a command prints that it has failed and goes on, then it is ended, as a failure',
  },
  {
    name: 'a command that ends before it is ended is no fault',
    edits: [{ file: 'setup/processes/command.mjs', find: "child.send('end', () => {})", replace: "child.send('end')" }],
    tests: tests('processes/command.integration'),
    title: 'When a command prints that it has failed and is gone when this is read, then it is a failure all the same',
  },
  {
    name: 'what was downloaded is not downloaded again',
    edits: [{ file: 'setup/npm.mjs', find: "  '--prefer-offline',\n", replace: '' }],
    tests: tests('npm.integration'),
    title: 'When a set-up is interrupted after the download of Node, then the next one does not download it again',
  },
  {
    name: 'a build that failed for the disk has a sentence',
    edits: [{ file: 'setup/builds.mjs', find: 'if (isOfTheDisk(output))', replace: "if (output === '')" }],
    tests: tests('ready'),
    title: 'When a build fails, then the end of its output is shown and the old build no longer counts',
  },
  {
    name: 'Chromium is complete when it is in the cache',
    edits: [{ file: 'setup/chromium.mjs', find: 'if (code !== 0) throw', replace: "if (output === '') throw" }],
    tests: tests('chromium'),
    title: 'When the unpacking fails, then one sentence says why, and nothing is left',
  },
  {
    name: 'what killed set-ups left in the cache is removed',
    edits: [{ file: 'setup/cache.mjs', find: '? !isRunning(', replace: '? !Boolean(' }],
    tests: tests('cache.integration'),
    title: 'When set-ups were killed, then what they left is removed, and the folders of those that run stay',
  },
  {
    name: 'the unfinished folder of another set-up stays',
    edits: [{ file: 'setup/cache.mjs', find: '? !isRunning(', replace: '? Boolean(' }],
    tests: tests('cache.integration'),
    title: 'When set-ups were killed, then what they left is removed, and the folders of those that run stay',
  },
  {
    name: 'a proxy that refuses is not no network',
    edits: [{ file: 'setup/trouble/causes.mjs', find: '407 Proxy Auth|407 Client Error', replace: '407 Client Error' }],
    tests: tests('trouble/causes'),
    title: 'When the proxy requires a login for pip, then one sentence says so and what to do',
  },
  {
    name: 'the password of a proxy is not printed',
    edits: [{ file: 'setup/trouble/sources.mjs', find: "text.replace(/^.*@|^.*:\\/\\//, '')", replace: 'text' }],
    tests: tests('trouble/causes'),
    title: 'When the proxy is no address at all, then the password is not printed',
  },
  {
    name: 'a password in an address is not printed',
    edits: [{ file: 'setup/trouble/trouble.mjs', find: "line.replace(/\\/\\/[^/@\\s]+@/g, '//')", replace: 'line' }],
    tests: tests('trouble/trouble'),
    title: 'When the output has a password in an address, then it is not shown',
  },
  {
    name: "npm's errors come before its warnings",
    edits: [
      {
        file: 'setup/trouble/trouble.mjs',
        find: 'for (const text of [ofNpm, output])',
        replace: 'for (const text of [output, ofNpm])',
      },
    ],
    tests: tests('trouble/causes'),
    title: 'When a trouble was overcome and another one was not, then the sentence is about the other one',
  },
  {
    name: 'a cache that cannot be written has a sentence',
    edits: [{ file: 'setup/trouble/causes.mjs', find: 'EROFS|ENOTDIR|ENOENT', replace: 'EROFS|ENOENT' }],
    tests: tests('ready'),
    title: 'When the cache cannot be written, then one sentence names it and says how to choose another',
  },
  {
    name: 'a log without a terminal does not stand still for minutes',
    edits: [
      { file: 'setup/progress.mjs', find: 'setInterval(() => announce(` ${seconds()}`), AGAIN)', replace: 'undefined' },
    ],
    tests: tests('progress'),
    title: 'When a stage takes minutes and there is no terminal, then its line comes again every half minute',
  },
  {
    name: 'a line that counts fits into the terminal',
    edits: [{ file: 'setup/progress.mjs', find: 'Math.min(WIDTH, (stream.columns || 120) - 29)', replace: 'WIDTH' }],
    tests: tests('progress'),
    title:
      'When the terminal is narrow, then the line that counts fits and keeps its time, because a wrapped line cannot be replaced',
  },
];

/** Guards of the set-up: each failure has its own sentence, nothing half-written is used, nothing is left running. */
export const SET_UP = GUARDS.map((guard) => ({ ...guard, name: `set-up: ${guard.name}` }));
