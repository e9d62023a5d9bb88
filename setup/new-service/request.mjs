import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../trouble/trouble.mjs';

/** RFC 1035 allows 63; a second version's name needs three more, "-v2". */
const LONGEST = 60;

/** Names that main.ts itself uses, and that a function in it would hide. */
const OF_MAIN = ['process', 'readConfig'];

/** The service's name as in code. @param {string} name `gift-cards` @returns {string} `giftCards` */
export const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/**
 * Checks that the service can be written and undone.
 * @param {string} root @param {import('./new-service.mjs').Request} request
 * @throws {SetupError} one sentence that says what to do instead
 */
export function checkRequest(root, { name, caller }) {
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > LONGEST)
    throw new SetupError(
      `"${name}" is no name for a service: choose a DNS label (RFC 1035), at most ${LONGEST} of a-z, 0-9 and -, with a letter first and no - at the end, for example gift-cards.`,
    );
  if (!isFunctionName(camel(name)))
    throw new SetupError(
      `"${name}" is no name for a service, because main.ts cannot have a function ${camel(name)}: choose another, for example ${name.replaceAll(/-+/g, '-')}-desk.`,
    );
  if (isTaken(root, name))
    throw new SetupError(`There is already a workload or package named ${name}: choose another name.`);
  const callers = readdirSync(join(root, 'k8s/base'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (!callers.some((entry) => entry.name === caller))
    throw new SetupError(
      `There is no workload ${caller} to call ${name}: choose --caller among ${callers.map((entry) => entry.name).join(', ')}.`,
    );
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (status !== 0)
    throw new SetupError(
      'This is no git work tree, so nothing could be undone: clone the repository, then run the same command again.',
    );
  if (stdout !== '')
    throw new SetupError(
      'The git tree has changes that would be mixed with the new files: commit or stash them, then run the same command again.',
    );
}

/** @param {string} name in code */
function isFunctionName(name) {
  if (OF_MAIN.includes(name)) return false;
  try {
    // An async function in an async function, in strict mode: no reserved word is a name there.
    new Function(`'use strict'; (async () => { async function ${name}() {} })`);
    return true;
  } catch {
    return false;
  }
}

/** Docker Compose names every workload, and the lock file every package of the repository. @param {string} root @param {string} name */
function isTaken(root, name) {
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return (
    existsSync(join(root, 'k8s/base', name)) ||
    new RegExp(`^  ${name}:`, 'm').test(compose) ||
    packages[`node_modules/@tuesday/${name}`] !== undefined
  );
}
