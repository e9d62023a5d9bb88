import type { Edit, Mutant } from '../mutant.ts';

const YAML = 'packages/mesh/manifests/yaml';
const mutant = (name: string, edit: Edit, [tests, title]: [tests: string, title: string]): Mutant => ({
  name,
  edits: [edit],
  tests,
  title,
});
const attack = (what: string): [string, string] => [
  `${YAML}/limits.test.ts`,
  `When a file has ${what}, then one sentence says so within seconds`,
];
const linear = (what: string): [string, string] => [
  `${YAML}/limits.test.ts`,
  `When a file has many ${what}, then the time grows with their number`,
];

/** The guards of what is read from users: files of any size and content, and requests to the shop's socket. */
export const INPUT: Mutant[] = [
  mutant(
    'a file has a size',
    { file: `${YAML}/tokens.ts`, find: 'Buffer.byteLength(text) > MOST_BYTES', replace: 'text.length < 0' },
    attack('more than 3 MiB'),
  ),
  mutant(
    'levels are counted while they are read',
    { file: `${YAML}/tokens.ts`, find: 'parser.stack.length > MOST_LEVELS', replace: 'parser.stack.length < 0' },
    attack('10,000 lists within each other'),
  ),
  mutant(
    'tokens are counted',
    { file: `${YAML}/tokens.ts`, find: '++tokens > MOST_TOKENS', replace: '++tokens < 0' },
    attack('2,000,000 empty lines'),
  ),
  mutant(
    'documents are counted',
    { file: `${YAML}/tokens.ts`, find: '++documents > MOST_DOCUMENTS', replace: '++documents < 0' },
    attack('6,000 documents'),
  ),
  mutant(
    'JSON objects are counted',
    { file: `${YAML}/json-stream.ts`, find: 'ends.length > MOST_DOCUMENTS', replace: 'ends.length < 0' },
    attack('6,000 JSON objects'),
  ),
  mutant(
    'aliases count by what they come to',
    { file: `${YAML}/values.ts`, find: 'whole.bytes += bytes + 1;', replace: 'whole.bytes += 1;' },
    attack('an anchor of 1 MiB that is used four times'),
  ),
  mutant(
    'merged mappings count',
    { file: `${YAML}/values.ts`, find: 'built.values > MOST_VALUES', replace: 'built.values < 0' },
    attack('mappings that are merged twice each'),
  ),
  mutant(
    'an object has a size',
    {
      file: 'packages/mesh/manifests/text.ts',
      find: 'JSON.stringify(written).length > MOST_OBJECT_BYTES',
      replace: 'written.length === MOST_OBJECT_BYTES',
    },
    attack('an object that is larger than etcd takes'),
  ),
  mutant(
    'lines are found without reading all names again',
    { file: `${YAML}/places.ts`, find: 'fields.set(map, known);', replace: '' },
    linear('keys with a wrong value'),
  ),
  mutant(
    'base64 is read once',
    {
      file: 'packages/mesh/manifests/kinds/config.ts',
      find: "const signs = text.replaceAll(/[\\r\\n]/g, '');",
      replace: "const signs = text.replace(/\\s*$/, '');",
    },
    linear('spaces in base64'),
  ),
  mutant(
    'no key changes what an object inherits',
    { file: `${YAML}/values.ts`, find: "name === '__proto__'", replace: "name === '__proto__x'" },
    [`${YAML}/values.test.ts`, 'When the text is "a: 1\\nb: { __proto__: { x: 1 } }\\n", then one sentence says so'],
  ),
  mutant(
    'no message obeys a file',
    {
      file: 'packages/mesh/manifests/resource.ts',
      find: 'super(printable(`',
      replace: 'super(String(`',
    },
    [
      'packages/mesh/manifests/readable.test.ts',
      'When a file is "apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: a }\\n\\"\\\\e]0;x\\\\a\\": b\\n", then the message is fit for a terminal',
    ],
  ),
  mutant(
    'the terminal obeys no file name',
    { file: 'cli/program.ts', find: 'printableLines(error.message)', replace: 'error.message' },
    [
      'cli/commands/sentences.test.ts',
      'When a sentence or a warning has control characters, then the terminal gets escapes',
    ],
  ),
  mutant(
    'a request has the shape of its route',
    {
      file: 'places/local/api/body.ts',
      find: 'if (success) return data as never;',
      replace: 'if (success || error) return data as never;',
    },
    [
      'places/local/api/server.test.ts',
      'When /scale has the body {"ref":{"kind":"Deployment","namespace":"shop","name":"billing-v1"},"replicas":-1}, then the answer is 400 and names the place',
    ],
  ),
  mutant(
    'a map has what is written in it',
    {
      file: 'places/local/programs/env.ts',
      find: 'Object.hasOwn(map, name) ? map[name] : undefined',
      replace: 'map[name]',
    },
    [
      'places/local/programs/env.test.ts',
      'When a variable has the name of what every object inherits, then it is as missing as any other',
    ],
  ),
  mutant(
    'the words of a mutated file are escaped too',
    { file: 'packages/mesh/manifests/resource.ts', find: 'super(printable(`', replace: 'super(String(`' },
    [
      'test/fuzz/fuzz.integration.test.ts',
      'When our own files are mutated, then each is read, or refused in one sentence with file and line, within a second',
    ],
  ),
];
