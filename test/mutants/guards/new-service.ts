import type { Mutant } from '../mutant.ts';

/** Guards of npm run new:service: a service that cannot be is refused before a file changes. */
export const NEW_SERVICE: Mutant[] = [
  ...(
    [
      [
        'a name fits into a label',
        ' || name.length > LONGEST',
        '',
        `When the name is "${'a'.repeat(61)}", then it is no DNS label, and nothing changes`,
      ],
      [
        'a name is one in code too',
        'if (!isFunctionName(camel(name)))',
        'if (!name)',
        'When main.ts cannot have a function named delete, then nothing changes',
      ],
      [
        'a name does not hide one in main.ts',
        'if (OF_MAIN.includes(name)) return false;',
        '',
        'When main.ts cannot have a function named process, then nothing changes',
      ],
      [
        'a name is not taken by a package',
        'packages[`node_modules/@tuesday/${name}`] !== undefined',
        'false',
        'When mesh exists, then nothing changes',
      ],
      [
        'a caller exists',
        'if (!callers.some((entry) => entry.name === caller))',
        'if (!caller)',
        'When there is no such caller, then the sentence names those that there are, and nothing changes',
      ],
      ['the git tree is clean', "if (stdout !== '')", 'if (status)', 'When new.txt has changed, then nothing changes'],
      [
        'there is a git tree',
        'if (status !== 0)',
        'if (status === 1)',
        'When there is no git tree, then nothing changes',
      ],
    ] as const
  ).map(([name, find, replace, title]): Mutant => ({
    name: `new service: ${name}`,
    edits: [{ file: 'setup/new-service/request.mjs', find, replace }],
    tests: 'setup/new-service/new-service.integration.test.mjs',
    title,
  })),
  {
    name: 'new service: no list is forgotten',
    edits: [{ file: 'setup/new-service/lists.mjs', find: 'if (after === before)', replace: 'if (!after)' }],
    tests: 'setup/new-service/new-service.integration.test.mjs',
    title: 'When a list has no entry to repeat, then the sentence names it, and nothing changes',
  },
];
