import type { Mutant } from '../mutant.ts';

/** The guards of the tests that run the documents. */
export const DOCUMENTS: Mutant[] = [
  {
    name: 'documents: a block that is not run has a reason',
    edits: [{ file: 'test/docs/read/where.ts', find: "if (notRun.trim() === '')", replace: 'if (!info)' }],
    tests: 'test/docs/read/page.test.ts',
    title: 'When a block has no place because its reason is empty, then there is one sentence with file and line',
  },
  {
    name: 'documents: a block without a language is seen',
    edits: [
      { file: 'test/docs/read/page.ts', find: "language === '' && COMMAND", replace: "language === 'sh' && COMMAND" },
    ],
    tests: 'test/docs/read/page.test.ts',
    title:
      'When a block has no place because it has a prompt and no language, then there is one sentence with file and line',
  },
  {
    name: 'documents: a test that runs a block names its document',
    edits: [{ file: 'test/docs/read/pages.ts', find: '.includes(file)', replace: ".includes('.md')" }],
    tests: 'test/docs/read/pages.test.ts',
    title: 'When a document says that a test runs a block, then that test has to exist and to name the document',
  },
  {
    name: 'documents: a failed command fails its block',
    edits: [{ file: 'test/docs/run/session.ts', find: 'if (code !== 0) throw', replace: 'if (code === null) throw' }],
    tests: 'test/docs/run/plan.integration.test.ts',
    title:
      'When a command fails, then its line, its exit code and what it printed are said, and the next block still runs',
  },
  {
    name: 'documents: a stated outcome is looked for',
    edits: [
      { file: 'test/docs/run/session.ts', find: 'command.outcomes.find((outcome) =>', replace: '[].find((outcome) =>' },
    ],
    tests: 'test/docs/run/plan.integration.test.ts',
    title: 'When a stated outcome does not stand, then it is said beside what was printed',
  },
  {
    name: 'documents: the base is compared by contents',
    edits: [
      { file: 'test/docs/run/look.ts', find: 'if (was === is) return [];', replace: 'if (was && is) return [];' },
    ],
    tests: 'test/docs/run/plan.integration.test.ts',
    title: 'When a document leaves an object changed, then its end fails by name, and the base is made to stand again',
  },
  {
    name: 'documents: a namespace that is left on a cluster is seen',
    edits: [{ file: 'test/docs/run/cluster.ts', find: "  'namespaces',\n", replace: '' }],
    tests: 'test/docs/run/cluster.integration.test.ts',
    title:
      'When a document is run on a cluster, then its kubectl has a copy of KUBECONFIG, objects and pods are looked at, and a reset applies all of them',
  },
  {
    name: 'documents: a forwarded port ends with its block',
    edits: [{ file: 'test/docs/run/session.ts', find: 'following.filter(({ stays }) => !stays)', replace: '[]' }],
    tests: 'test/docs/run/session.integration.test.ts',
    title: 'When a port is forwarded, then the next commands of its block get another port, and it ends with the block',
  },
  {
    name: 'documents: a Back line leads back',
    edits: [
      {
        file: 'test/docs/run/plan.ts',
        find: 'if (left.length > 0) throw new Error(`${back',
        replace: 'if (left.length > 9) throw new Error(`${back',
      },
    ],
    tests: 'test/docs/run/plan.integration.test.ts',
    title: 'When the Back line of a lesson leads elsewhere, then its test says so',
  },
];
