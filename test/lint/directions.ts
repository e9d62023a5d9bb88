import { doorsOf } from './tree.ts';
import type { Target } from './tree.ts';

/** What the code of each folder at the root may import besides itself. Within `services`, `packages` and `places` each folder stands alone. */
const USES: Record<string, string[]> = {
  services: ['packages/service'],
  packages: [],
  setup: [],
  places: ['packages', 'setup'],
  workshop: ['places', 'packages', 'setup'],
  experiments: ['places', 'packages', 'setup'],
  cli: ['workshop', 'experiments', 'places', 'packages', 'setup'],
};

/** The rooms of packages/mesh. Each may import only the rooms before it; two in one step do not import each other. */
const ROOMS = [['manifests'], ['model'], ['explain', 'envoy'], ['control']];
const ROOMS_IN_WORDS = ROOMS.map((step) => step.join(', ')).join(' → ');

const PLUMBING = 'packages/service';

const topOf = (path: string) => path.split('/')[0] ?? '';
const within = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const isTest = (path: string) =>
  /\.test\.[cm]?[jt]sx?$/.test(path) || topOf(path) === 'test' || path.includes('/testing/');

/** A service, a package, a place, or a whole folder of the root. `places/place.ts` belongs to all places, so it is of `places`. */
function partOf(path: string): string {
  const [top = '', second, third] = path.split('/');
  if (!['services', 'packages', 'places'].includes(top) || second === undefined) return top;
  return third === undefined && second.includes('.') ? top : `${top}/${second}`;
}

/**
 * Says what to do instead of an import that is not allowed.
 * @param from the importing file, from the root of the repository
 * @returns undefined if the import is allowed
 */
export function violation(from: string, target: Target, typeOnly: boolean): string | undefined {
  return againstTheOrder(from, target.path, typeOnly) ?? pastTheDoors(from, target);
}

function againstTheOrder(from: string, to: string, typeOnly: boolean): string | undefined {
  // Tests look at everything, and so do the settings of tools, which lie in the root itself.
  if (isTest(from) || !from.includes('/') || from.startsWith('.')) return undefined;
  if (isTest(to))
    return 'Only tests may use test/ and testing/ folders: move what is needed to the code that needs it.';
  const [mine, its] = [partOf(from), partOf(to)];
  if (mine === its) return mine === 'packages/mesh' ? betweenRooms(from, to) : undefined;
  const uses = USES[topOf(from)];
  if (uses === undefined || (USES[topOf(to)] === undefined && to.includes('/')))
    return `${uses === undefined ? topOf(from) : topOf(to)}/ has no place in the order of imports: give it one in USES of test/lint/directions.ts.`;
  if (topOf(from) === 'services') return outOfAService(from, to, typeOnly);
  if (its === PLUMBING) return `${PLUMBING} is the plumbing of the services: use Node or an npm package here.`;
  // What all places share stands in places/ itself.
  if (topOf(from) === 'places' && (mine === 'places' || its === 'places')) return undefined;
  if (uses.some((folder) => within(to, folder))) return undefined;
  return insteadOf(mine, its);
}

function outOfAService(from: string, to: string, typeOnly: boolean): string | undefined {
  if (within(to, PLUMBING)) return undefined;
  if (/^services\/[^/]+\/page\//.test(from) && within(to, 'packages/statistics')) return undefined;
  if (topOf(to) !== 'services')
    return `A service may not import ${partOf(to)}: call it over HTTP, and take addresses from the environment.`;
  if (!/^services\/[^/]+\/src\/contract(\.ts)?$/.test(to))
    return "A service never uses another one's code: call it over HTTP, and take its answers' types by `import type` from its contract.ts.";
  return typeOnly ? undefined : "Write `import type`: of another service's contract.ts only the types may be used.";
}

function insteadOf(mine: string, its: string): string {
  if (its.startsWith('services'))
    return `${mine} may not import a service: call it over HTTP, read its manifest, name its program by path, or take the thing as an argument.`;
  if (mine.startsWith('packages') && its.startsWith('packages'))
    return `Packages do not use each other: take what ${mine} needs of ${its} as an argument from the code that uses both.`;
  if (mine.startsWith('places') && its.startsWith('places'))
    return `One place does not use another: move what ${mine} and ${its} both need into places/ itself or into a package.`;
  return `${mine} may not use ${its}, which stands after or beside it: take the thing as an argument, or move it to a package that both may use.`;
}

function betweenRooms(from: string, to: string): string | undefined {
  const room = (path: string) => path.split('/')[2] ?? '';
  const step = (path: string) => ROOMS.findIndex((rooms) => rooms.includes(room(path)));
  // Files beside the rooms put the rooms together.
  if (room(from).includes('.') || room(from) === room(to)) return undefined;
  if (step(from) < 0)
    return `packages/mesh/${room(from)} has no place in the order of imports: give it one in ROOMS of test/lint/directions.ts.`;
  if (step(to) >= 0 && step(to) < step(from)) return undefined;
  return `packages/mesh/${room(from)} may import only the rooms before it in ${ROOMS_IN_WORDS}: take the thing as an argument, or move it down.`;
}

function pastTheDoors(from: string, { path, byDoor }: Target): string | undefined {
  const its = partOf(path);
  if (topOf(path) !== 'packages' || byDoor || within(from, its)) return undefined;
  if (isTest(from) && /\/test(ing|data)\//.test(path)) return undefined;
  const doors = doorsOf(its);
  return doors.length > 0
    ? `Import ${its} by its doors, ${doors.join(', ')}: what is missing there is exported by the file behind the door.`
    : `${its} has no doors: list what others may import under \`exports\` in its package.json.`;
}
