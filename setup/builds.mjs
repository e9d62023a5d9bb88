import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashOf } from './hash.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { isOfTheDisk } from './trouble/causes.mjs';
import { SetupError, explain, explainErrors } from './trouble/trouble.mjs';

/**
 * What is built from sources, again only when the sources change.
 * @typedef {{ name: string, what: string, inputs: string[], output: string, command: [string, ...string[]] }} Build
 * @type {Build[]}
 */
export const BUILDS = [
  {
    name: 'page',
    what: 'the page',
    inputs: [
      'package-lock.json',
      'services/storefront/page',
      'services/storefront/vite.config.ts',
      'services/storefront/package.json',
    ],
    output: 'services/storefront/dist/index.html',
    command: ['npm', 'run', 'build', '-w', '@tuesday/storefront'],
  },
  {
    name: 'tracing',
    what: "OpenTelemetry's bundle",
    inputs: [
      'package-lock.json',
      'packages/service/bundle.mjs',
      'packages/service/src/tracing',
      'packages/service/src/route-template.ts',
      'packages/service/package.json',
    ],
    output: 'packages/service/dist/opentelemetry.mjs',
    command: ['node', 'packages/service/bundle.mjs'],
  },
];

const stampOf = (/** @type {string} */ root, /** @type {Build} */ { output }) =>
  join(root, dirname(output), '.tuesday.json');

/** Whether the output exists and was built from the current inputs. @param {string} root @param {Build} build */
export const isBuilt = (root, build) =>
  existsSync(join(root, build.output)) && readStamp(stampOf(root, build))?.['inputs'] === hashOf(root, build.inputs);

/**
 * Runs the build's command.
 * @param {Build} build
 * @param {{ root: string, env: NodeJS.ProcessEnv, run: import('./processes/command.mjs').Run }} options
 * @throws {SetupError}
 */
export async function make(build, { root, env, run }) {
  const thing = { what: build.what };
  const trouble = { env, folders: [join(root, dirname(build.output)), root] };
  const work = async () => {
    const stamp = stampOf(root, build);
    removeStamp(stamp);
    const inputs = hashOf(root, build.inputs);
    await mkdir(dirname(stamp), { recursive: true });
    const [command, ...args] = build.command;
    const { code, output } = await run(command, args, { cwd: root, env: { ...env, NO_COLOR: '1' } });
    if (code !== 0) {
      if (isOfTheDisk(output)) throw explain(thing, output, trouble);
      throw new SetupError(`Could not build ${build.what} (${build.command.join(' ')}):\n${faultsIn(output)}`);
    }
    if (!existsSync(join(root, build.output)))
      throw new SetupError(`${build.command.join(' ')} succeeded, but ${build.output} does not exist.`);
    writeStamp(stamp, { inputs });
  };
  await explainErrors(thing, work, trouble);
}

/** The end of a build's output, without the frames of a stack and npm's own lines. @param {string} output */
function faultsIn(output) {
  const noise = /^\s+at |^npm (?:error|ERR!|notice|warn)|^Node\.js v|\[Getter|^> |^\}?$/;
  return output
    .split('\n')
    .filter((line) => !noise.test(line))
    .slice(-20)
    .join('\n');
}
