import type { Mutant } from '../mutant.ts';

/** An edit of `file`, as the text to find and what stands there instead. */
type Change = [find: string, replace: string];

/** A rule of lint without its guard, and the file of test/lint/cases.ts that breaks it. */
const guardIn =
  (file: string) =>
  (name: string, [broken, rule = 'imports']: [broken: string, rule?: string], [find, replace]: Change): Mutant => ({
    name: `lint: ${name}`,
    edits: [{ file, find, replace }],
    tests: 'test/lint/rules.integration.test.ts',
    title: `When ${broken} breaks ${rule}, then lint says so, and what to do instead`,
  });

const direction = guardIn('test/lint/directions.ts');
const resolved = guardIn('test/lint/tree.ts');
const visited = guardIn('test/lint/plugin.ts');
const setting = guardIn('.oxlintrc.json');

/** Every rule of lint. */
export const LINT: Mutant[] = [
  direction(
    'services use the plumbing only',
    ['services/checkout/src/d.ts'],
    ["if (topOf(to) !== 'services')", 'if (false)'],
  ),
  direction(
    "services use no other service's code",
    ['services/checkout/src/gifts.ts'],
    [String.raw`if (!/^services\/[^/]+\/src\/contract(\.ts)?$/.test(to))`, 'if (false)'],
  ),
  direction(
    'of a contract only types are used',
    ['services/checkout/src/c.ts'],
    ['return typeOnly ? undefined :', 'return to ? undefined :'],
  ),
  direction(
    'only the page uses the statistics',
    ['services/gifts/src/b.ts'],
    [String.raw`/^services\/[^/]+\/page\//`, String.raw`/^services\/[^/]+\//`],
  ),
  direction('packages use no service', ['packages/mesh/gifts.ts'], ['packages: []', "packages: ['services']"]),
  direction('packages do not use each other', ['packages/traces/a.ts'], ['packages: []', "packages: ['packages']"]),
  direction('packages use no place', ['packages/mesh/control/a.ts'], ['packages: []', "packages: ['places']"]),
  direction('set-up uses nothing', ['setup/a.mjs'], ['setup: []', "setup: ['cli']"]),
  direction(
    'places use no service',
    ['places/local/b.ts'],
    ["  places: ['packages', 'setup']", "  places: ['packages', 'setup', 'services']"],
  ),
  direction(
    'places do not use each other',
    ['places/cluster/a.ts'],
    ["  places: ['packages', 'setup']", "  places: ['packages', 'setup', 'places']"],
  ),
  direction(
    'places do not use the command',
    ['places/local/a.ts'],
    ["  places: ['packages', 'setup']", "  places: ['packages', 'setup', 'cli']"],
  ),
  direction(
    'the workshop uses no service',
    ['workshop/class/b.ts'],
    ["  workshop: ['places'", "  workshop: ['services', 'places'"],
  ),
  direction(
    'experiments do not use the workshop',
    ['experiments/runner/a.ts'],
    ["  experiments: ['places'", "  experiments: ['workshop', 'places'"],
  ),
  direction('the command uses no service', ['cli/gifts.ts'], ["  cli: ['workshop'", "  cli: ['services', 'workshop'"]),
  direction('the plumbing is for services', ['cli/a.ts'], ['if (its === PLUMBING)', 'if (false)']),
  direction('a new folder gets its place', ['lib/a.ts'], ['if (uses === undefined ||', 'if (uses === null ||']),
  direction('nothing but tests imports tests', ['cli/b.ts'], ['if (isTest(to))', 'if (false)']),
  direction(
    'rooms of the mesh follow an order',
    ['packages/mesh/model/a.ts'],
    ['&& step(to) < step(from)) return', ') return'],
  ),
  direction(
    'rooms on one step do not import each other',
    ['packages/mesh/envoy/b.ts'],
    ['step(to) < step(from)', 'step(to) <= step(from)'],
  ),
  direction('a new room gets its place', ['packages/mesh/xds/a.ts'], ['if (step(from) < 0)', 'if (false)']),
  direction('a package has doors', ['places/local/c.ts'], ["if (topOf(path) !== 'packages' ||", 'if (path ||']),
  resolved('a deep path by name is no door', ['places/local/d.ts'], ['byDoor: door !== undefined', 'byDoor: true']),
  resolved(
    'names lead to folders',
    ['services/checkout/src/gift.ts'],
    ['one.name === name', "one.name === name && one.name !== '@tuesday/gifts'"],
  ),
  visited(
    'types count',
    ['packages/mesh/model/type.ts'],
    ['const message = target &&', 'const message = !typeOnly && target &&'],
  ),
  visited('an export counts', ['packages/mesh/model/again.ts'], ['ExportNamedDeclaration: declared', '_one: declared']),
  visited(
    'an export of all counts',
    ['packages/mesh/model/all.ts'],
    ['ExportAllDeclaration: declared', '_all: declared'],
  ),
  visited('a late import counts', ['packages/mesh/model/late.ts'], ['ImportExpression:', '_late:']),
  visited('a type in place counts', ['packages/mesh/model/in.ts'], ['TSImportType:', '_type:']),
  resolved('folders hold few files', ['cli/wide/a00.ts', 'folder-size'], ['MOST_FILES = 20', 'MOST_FILES = 21']),
  setting(
    'no-cycle',
    ['places/local/one.ts', 'no-cycle'],
    ['"import/no-cycle": ["error",', '"import/no-cycle": ["off",'],
  ),
  setting('no-cycle of types', ['places/local/three.ts', 'no-cycle'], ['"ignoreTypes": false', '"ignoreTypes": true']),
  setting('max-lines', ['cli/long.ts', 'max-lines'], ['"max": 200', '"max": 201']),
  setting('max-params', ['cli/many.ts', 'max-params'], ['["error", { "max": 3 }]', '["error", { "max": 5 }]']),
  setting(
    'no-console',
    ['services/billing/src/loud.ts', 'no-console'],
    ['"no-console": "error"', '"no-console": "off"'],
  ),
  setting(
    'no-process-env',
    ['places/local/env.ts', 'no-process-env'],
    ['"node/no-process-env": "error"', '"node/no-process-env": "off"'],
  ),
  setting(
    'no-explicit-any',
    ['places/local/any.ts', 'no-explicit-any'],
    ['no-explicit-any": "error"', 'no-explicit-any": "off"'],
  ),
  setting(
    'node:http is not imported',
    ['packages/traces/http.ts', 'no-restricted-imports'],
    ['"name": "node:http"', '"name": "http"'],
  ),
  setting(
    'undici is not imported whole',
    ['packages/service/src/undici.ts', 'no-restricted-imports'],
    ['"name": "undici"', '"name": "undici-types"'],
  ),
  setting(
    'a signal goes to one process or group',
    ['places/local/signal.test.ts', 'no-restricted-properties'],
    ['"property": "kill"', '"property": "killed"'],
  ),
  setting(
    'no-import-type-side-effects',
    ['places/local/type.ts', 'no-import-type-side-effects'],
    ['side-effects": "error"', 'side-effects": "off"'],
  ),
];
