import type { Mutant } from '../../mutant.ts';

const service = 'packages/service/src/';
const edges = 'test/edges/bad-requests.integration.test.ts';
const recommendations = 'services/recommendations/src/';

/** The guards of what services answer at their edges: recommendations without purchases, bad requests, trace headers, errors. */
export const EDGES: Mutant[] = [
  {
    name: 'a shop without purchases recommends its catalogue',
    edits: [
      {
        file: `${recommendations}routes.ts`,
        find: 'ranked.length > 0 ? ranked : fromCatalogue({ basket, limit })',
        replace: 'fromCatalogue && ranked',
      },
    ],
    tests: `${recommendations}recommendations.integration.test.ts`,
    title:
      'v1 When nothing was ever bought, then the catalogue is recommended without the basket, and the reason says so',
  },
  {
    name: 'what was not bought together is recommended by popularity',
    edits: [
      {
        file: `${recommendations}v2.ts`,
        find: 'if (skus.length === 0)',
        replace: 'if (skus.length < 0)',
      },
    ],
    tests: `${recommendations}recommendations.integration.test.ts`,
    title: 'v2 When nothing was bought together with "?sku=cookset", then what is popular is',
  },
  {
    name: 'recommendations knows what the shop sells',
    edits: [{ file: `${recommendations}catalogue.ts`, find: "  'thermos',\n", replace: '' }],
    tests: `${recommendations}catalogue.test.ts`,
    title: 'When the shop sells a product, then recommendations knows it too, in the same order',
  },
  {
    name: 'what the parser refuses is answered as a problem, and counted',
    edits: [{ file: `${service}service.ts`, find: '  answerClientErrors(server, metrics.refuse);\n', replace: '' }],
    tests: edges,
    title: String.raw`storefront When "hello\r\n\r\n" arrives, then 400 as a problem, counted and logged`,
  },
  {
    name: 'an address that is no text is refused',
    edits: [{ file: `${service}service.ts`, find: ', serverTiming, wellFormedAddress)', replace: ', serverTiming)' }],
    tests: edges,
    title: 'checkout get /products When its query holds %ff, then 400',
  },
  {
    name: 'a body that is not UTF-8 is refused',
    edits: [{ file: `${service}contract/validate.ts`, find: 'if (!isUtf8(body))', replace: 'if (!body)' }],
    tests: edges,
    title: 'checkout /checkout When the body is bytes that are not UTF-8, then 400 malformed-json at once',
  },
  {
    name: 'a large body is refused before all of it has come',
    edits: [
      {
        file: `${service}contract/validate.ts`,
        find: "  count(Number(req.headers['content-length'] ?? 0));\n",
        replace: '',
      },
    ],
    tests: edges,
    title: 'checkout /checkout When the body is a length of 1 GB, then 413 body-too-large at once',
  },
  {
    name: 'a body without a length is refused before its end',
    edits: [
      {
        file: `${service}contract/validate.ts`,
        find: "if (req.headers['transfer-encoding']) req.on('data'",
        replace: "if (req.headers['transfer-encoding'] === '') req.on('data'",
      },
    ],
    tests: edges,
    title: 'checkout /checkout When the body is chunks without an end, then 413 body-too-large at once',
  },
  {
    name: 'a text that PostgreSQL refuses is refused before',
    edits: [
      {
        file: `${service}contract/validate.ts`,
        find: 'if (holdsBadText(result.data))',
        replace: "if (holdsBadText(''))",
      },
    ],
    tests: `${service}contract/route.test.ts`,
    title: String.raw`When a text in a body is "a\u0000b", then 400: no database could hold it`,
  },
  {
    name: 'the cause of an error is logged',
    edits: [
      {
        file: `${service}reason.ts`,
        find: '...(cause !== undefined && deeper && { cause: inner(cause) }),',
        replace: '',
      },
    ],
    tests: `${service}errors.test.ts`,
    title: 'When an error with causes is thrown, then the log has all of them without secrets, and the answer none',
  },
  {
    name: 'the cause of a 503 is logged',
    edits: [
      {
        file: `${service}errors.ts`,
        find: 'problem.status >= 500 && problem.cause)',
        replace: 'problem.status === 0)',
      },
    ],
    tests: `${service}errors.test.ts`,
    title: 'When an error with causes is thrown, then the log has all of them without secrets, and the answer none',
  },
  {
    name: 'no secret is logged in a cause',
    edits: [{ file: `${service}reason.ts`, find: 'SECRETS.reduce(', replace: 'SECRETS.slice(1).reduce(' }],
    tests: `${service}errors.test.ts`,
    title: 'When an error with causes is thrown, then the log has all of them without secrets, and the answer none',
  },
  {
    name: 'an error that no code catches is logged without secrets',
    edits: [{ file: `${service}config.ts`, find: "  process.on('uncaughtException', end);", replace: ' ' }],
    tests: `${service}config.integration.test.ts`,
    title:
      'When nothing catches an error later, then the process logs it with its causes, without secrets, and ends with 1',
  },
  {
    name: 'a budget is a whole number',
    edits: [{ file: `${service}request-context.ts`, find: '/^\\d+$/.test(header) ?', replace: 'header ?' }],
    tests: `${service}service.test.ts`,
    title: 'When a caller names "-1" as its budget, then 2600 ms are left',
  },
  {
    name: 'an error that no process has caught fails the end-to-end test',
    edits: [
      { file: 'test/support/jest/e2e.environment.mjs', find: 'if (isLast && shop)', replace: 'if (!isLast && !shop)' },
    ],
    tests: 'test/support/jest/e2e.environment.integration.test.mjs',
    title:
      'When a pod logs an error that it has not caught, then the last test of the file fails, and its message has the line',
  },
  {
    name: 'listeners that leak fail the test',
    edits: [
      {
        file: 'test/support/jest/warnings.environment.mjs',
        find: 'event.test.errors.push(...this.#warnings.splice(0))',
        replace: 'this.#warnings.splice(0)',
      },
    ],
    tests: 'test/support/jest/e2e.environment.integration.test.mjs',
    title: 'When a test causes a warning that listeners leak in its own process, then it fails',
  },
  ...(
    [
      ['ids of zeros', 'if (ZEROS.test(traceId) || ZEROS.test(spanId)) return null;', '', 'a parent id of zeros'],
      ['the version ff', '(?!00|ff)', '(?!00)', 'the version that is none'],
      ['what follows version 00', '00(?=.{53}$)|(?!00|ff)', '(?!ff)', 'version 00 with more'],
      ['what follows the flags without a dash', '{2})(?:-|$)/', '{2})/', 'a later version with more and no dash'],
    ] as const
  ).map(([what, find, replace, row]): Mutant => ({
    name: `trace headers: ${what}`,
    edits: [{ file: `${service}tracing/b3-w3c-codec.ts`, find, replace }],
    tests: `${service}tracing/b3-w3c-codec.test.ts`,
    title: `When a caller sends ${row}, then its trace continues, or a new one begins`,
  })),
  {
    name: 'a process with jaeger-client says who calls',
    edits: [
      {
        file: `${service}call.ts`,
        find: 'traced ? traced(method, ask) : ask({})',
        replace: 'traced ? ask({}) : ask({})',
      },
    ],
    tests: `${service}tracing/jaeger.integration.test.ts`,
    title: 'When a process with jaeger-client is asked in W3C, then request, call, queries and later work are one tree',
  },
  {
    name: "OpenTelemetry's span of a client that has left says so",
    edits: [
      {
        file: `${service}tracing/opentelemetry.ts`,
        find: "if ('writableEnded' in response) span",
        replace: "if ('none' in response) span",
      },
    ],
    tests: `${service}tracing/tracers.integration.test.ts`,
    title:
      'When a client of a process with opentelemetry leaves before the answer, then its log, metrics and span say 499 and how long it took',
  },
];
