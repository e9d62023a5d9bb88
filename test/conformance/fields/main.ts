import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../cases.ts';
import { fieldsDocument } from './document.ts';

/** npm run docs:fields: writes docs/fields.md. */
const DOCUMENT = join(ROOT, 'docs/fields.md');

try {
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(fieldsDocument(), { ...options, parser: 'markdown' }));
  console.info('written: docs/fields.md');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
