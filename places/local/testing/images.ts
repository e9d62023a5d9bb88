import { fileURLToPath } from 'node:url';
import { IMAGES, type ImageRow } from '../programs/image-table.ts';

/** The table, and a row for the stub program. */
export const STUB_IMAGES: readonly ImageRow[] = [
  ...IMAGES,
  {
    name: 'stub.local/app',
    image: /^stub\.local\/app:/,
    program: () => ({ kind: 'node', args: [fileURLToPath(new URL('stub.mjs', import.meta.url))] }),
  },
];
