import { readFileSync, writeFileSync } from 'node:fs';
import { makeTable, textOf } from './make-table.ts';

/** Writes table.json from descriptors.binpb. */
const table = makeTable(readFileSync(new URL('descriptors.binpb', import.meta.url)));
const text = textOf(table);
writeFileSync(new URL('../table.json', import.meta.url), text);
const [messages, enums] = [table.messages, table.enums].map((types) => Object.keys(types).length);
console.log(`table.json: ${messages} messages, ${enums} enums, ${Math.round(text.length / 1000)} kB`);
