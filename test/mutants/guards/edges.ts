import type { Mutant } from '../mutant.ts';

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
];
