import { readFileSync } from 'node:fs';
import { type Random, shuffled } from '../bench/random.ts';

/** One change of a text; it may leave it as it is. */
export type Mutation = (text: string, random: Random) => string;

/** Any of these; of none undefined. */
export function pick<T>(all: readonly T[], random: Random): T | undefined {
  return all[Math.floor(random() * all.length)];
}

const linesOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8').split('\n');

/** Values that are odd wherever they stand: those of values.txt, and long ones. */
const ODD_VALUES = [
  ...linesOf('values.txt'),
  'a'.repeat(3_000),
  `"${'é'.repeat(2_000)}"`,
  `"${'a-'.repeat(700)}"`,
  `"${'a.'.repeat(1_000)}"`,
  `"${' '.repeat(2_000)}!"`,
  `${'9'.repeat(2_000)}x`,
  '['.repeat(300),
  `${'['.repeat(90)}${']'.repeat(90)}`,
  `${'{a: '.repeat(60)}1${'}'.repeat(60)}`,
  `[${'x, '.repeat(2_000)}]`,
];

const ODD_NAMES = [...linesOf('names.txt'), 'x'.repeat(900)];

/** Values like one that a field has: these are read more often. */
const SIMILAR: [like: RegExp, values: string[]][] = [
  [
    /^\d+$/,
    [
      '0',
      '1',
      '2',
      '99',
      '100',
      '101',
      '404',
      '599',
      '1024',
      '65535',
      '65536',
      '2147483647',
      '4294967295',
      '1e3',
      '0x10',
    ],
  ],
  [/^[\d.]+(ns|us|ms|s|m|h)$/, ['0s', '1ns', '1us', '1ms', '0.5s', '1h1m1s', '8760h', '1000000h', '.5s', '1.s']],
  [/^"?\d+(m|Mi|Gi|Ki|%)"?$/, ['0', '1m', '1Ei', '1e3', '"0%"', '"100%"', '"101%"', '0.1', '1000000000000']],
  [/^(true|false)$/, ['true', 'false', 'yes', 'off']],
  [
    /^"?[-a-z.*/0-9]+"?$/,
    [
      'a',
      '"*"',
      'a.b',
      '"*.a"',
      'a/b',
      '/',
      'x'.repeat(63),
      'x'.repeat(64),
      'x'.repeat(253),
      '1.2.3.4',
      '"::1"',
      'localhost',
    ],
  ],
];

/** Of control, of direction, of line ends, outside the basic plane, half a character, and what YAML gives a meaning. */
const ODD_CHARACTERS = [
  ...'\0\u001b\ufeff\t\r\u0085\u2028\u00a0\u202e\u007f\ufffe\u000b🙂\n#"\'{}[],:-!\\%',
  '\ud800',
  '\n\n',
  '---\n',
  '...\n',
  '--- ',
  '%YAML 1.2\n',
  '? ',
  '&a ',
  '*a',
  '|\n',
  '>\n',
];

/** A field's line: what stands before its name, the name, and what stands between it and its value. */
const FIELD = /^(\s*(?:- )*)([^\s:#"'{[]+)(:\s*)(.*)$/;

/** The values of our own files by the name of their field, and all of them, to put them elsewhere. */
export function poolOf(texts: readonly string[]) {
  const fields = texts.flatMap((text) => text.split('\n')).flatMap((line) => FIELD.exec(line) ?? []);
  const all = fields.flatMap((_, index) =>
    index % 5 === 0 ? [{ name: fields[index + 2]!, value: fields[index + 4]! }] : [],
  );
  return { all, byName: Map.groupBy(all, ({ name }) => name), texts };
}

/** The changes that are made: of bytes, lines, names, values, and of what YAML can do besides. */
export function mutationsFrom({ all, byName, texts }: ReturnType<typeof poolOf>): Mutation[] {
  const ofLine =
    (change: (line: string, random: Random) => string): Mutation =>
    (text, random) => {
      const lines = text.split('\n');
      const at = Math.floor(random() * lines.length);
      lines[at] = change(lines[at] ?? '', random);
      return lines.join('\n');
    };
  const ofField = (change: (field: string[], random: Random) => string): Mutation =>
    ofLine((line, random) => {
      const field = FIELD.exec(line);
      return field === null ? `${line}${pick(ODD_VALUES, random)}` : change(field.slice(1), random);
    });
  const put = (text: string, random: Random, what: string) => {
    const at = Math.floor(random() * (text.length + 1));
    return text.slice(0, at) + what + text.slice(at);
  };
  const value = (odd: (name: string, random: Random, old: string) => string | undefined) =>
    ofField(
      ([before = '', name = '', colon = '', old = ''], random) =>
        `${before}${name}${colon.trimEnd()} ${odd(name, random, old) ?? old}`,
    );
  return [
    (text, random) => {
      const bytes = Buffer.from(text);
      const at = Math.floor(random() * bytes.length);
      if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return bytes.toString('utf8');
    },
    (text, random) => put(text, random, pick(ODD_CHARACTERS, random) ?? ''),
    ofLine(() => ''),
    ofLine((line) => `${line}\n${line}`),
    ofLine((line, random) => `${' '.repeat(Math.floor(random() * 8))}${line}`),
    ofLine((line, random) => line.slice(Math.floor(random() * 5))),
    ofLine((line) => `\t${line}`),
    ofLine((line) => line.replace(/^( *)/, '$1- ')),
    ofLine((line) => line.replace('- ', '')),
    value((_, random) => pick(ODD_VALUES, random)),
    value((_, random) => pick(ODD_VALUES, random)),
    value((_, random) => pick(all, random)?.value),
    ...[1, 2, 3].map(() =>
      value((_, random, old) => pick(SIMILAR.find(([like]) => like.test(old))?.[1] ?? [], random)),
    ),
    ...[1, 2, 3, 4].map(() => value((name, random) => pick(byName.get(name) ?? [], random)?.value)),
    ofField(([before, , colon, old], random) => `${before}${pick(ODD_NAMES, random)}${colon}${old}`),
    ofField(([before, , colon, old], random) => `${before}${pick(all, random)?.name}${colon}${old}`),
    ofField(
      ([before, name, colon, old], random) =>
        `${before}${name}${colon}${pick(['&a ', '*a', '!!str ', '!!map '], random)}${old}`,
    ),
    ofField(([before, name, colon, old]) => `${before}<<: { ${name}${colon}${old} }`),
    (text, random) => shuffled(text.split(/^(?=\S)/m), random).join(''),
    (text, random) => text.slice(0, Math.floor(random() * text.length)),
    (text, random) => put(text, random, pick(texts, random) ?? ''),
    (text, random) => `${text}\n---\n${pick(texts, random)}`,
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => `\ufeff${text}`,
  ];
}
