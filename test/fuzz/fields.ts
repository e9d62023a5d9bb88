import { parseYaml } from '@tuesday/mesh/manifests';
import { stringify } from 'yaml';
import { type Random, shuffled } from '../bench/random.ts';
import { type Mutation, pick } from './mutations.ts';

/** A field or an entry of a list: where it is, and the name of the closest field. */
interface Slot {
  holder: Record<string | number, unknown>;
  key: string | number;
  name: string;
}

/** The objects of a text; none if it cannot be read. */
function objectsOf(text: string): object[] {
  try {
    const values = parseYaml('', text).map(({ value }) => value);
    return values.filter((one): one is object => typeof one === 'object' && one !== null);
  } catch {
    return [];
  }
}

function slotsOf(value: unknown, name = ''): Slot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Slot['holder'];
  return Object.keys(value).flatMap((key) => {
    const own = Array.isArray(value) ? name : key;
    return [{ holder, key: Array.isArray(value) ? Number(key) : key, name: own }, ...slotsOf(holder[key], own)];
  });
}

/** What a value becomes besides what stands elsewhere. Texts and numbers stay such: these are read more often. */
const ODD: Record<string, unknown[]> = {
  number: [0, 1, 2, 99, 100, 101, 599, 65_535, 65_536, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 53, -1, 0.5, 1e-9, 1e300],
  string: [
    '',
    '*',
    '**',
    '/',
    '.',
    '-',
    'a',
    'a.b',
    '*.a',
    'a/b',
    '%',
    '%%',
    'x'.repeat(63),
    'x'.repeat(254),
    '1.2.3.4',
    '::1',
    'æ',
    '\u001b[31m',
    '\n',
    '{*}',
    '0s',
    '1h',
    '1ns',
    '1000000h',
    '(a+)+$',
    'constructor',
    '100%',
    '1Ei',
    '~',
  ],
  boolean: [true, false, 'true'],
  object: [null, {}, [], [null], [{}], { constructor: 'a' }, { a: { b: ['c'] } }, ''],
};

/** Changes of objects rather than of their text, which lead further than to the reader: to the schemas, the model and the proxies. */
export function fieldMutations(texts: readonly string[]): Mutation[] {
  const known = Map.groupBy(
    texts.flatMap(objectsOf).flatMap((one) => slotsOf(one)),
    ({ name }) => name,
  );
  const change =
    (act: (slot: Slot, random: Random) => void): Mutation =>
    (text, random) => {
      const objects = structuredClone(objectsOf(text));
      const slot = pick(
        objects.flatMap((one) => slotsOf(one)).filter(({ name }) => name !== 'apiVersion' && name !== 'kind'),
        random,
      );
      if (slot === undefined) return text;
      act(slot, random);
      const written = objects.map((one) => (random() < 0.2 ? JSON.stringify(one) : stringify(one)));
      return written.join(written.every((one) => one.startsWith('{')) ? '\n' : '\n---\n');
    };
  const valueElsewhere = (name: string, random: Random): unknown => {
    const slot = pick(known.get(name) ?? [], random);
    return structuredClone(slot?.holder[slot.key]);
  };
  return [
    change(({ holder, key }, random) => (holder[key] = pick(ODD[typeof holder[key]] ?? [], random))),
    change(({ holder, key }, random) => (holder[key] = pick(ODD[typeof holder[key]] ?? [], random))),
    change(({ holder, key, name }, random) => (holder[key] = valueElsewhere(name, random))),
    change(({ holder, key, name }, random) => (holder[key] = valueElsewhere(name, random))),
    change(({ holder, key }) => (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key])),
    change(({ holder, key }) => Array.isArray(holder) && holder.push(...Array<unknown>(300).fill(holder[Number(key)]))),
    change(
      ({ holder, key }, random) =>
        Array.isArray(holder[key]) && (holder[key] = shuffled(holder[key] as unknown[], random)),
    ),
    change(({ holder, key }, random) => (holder[pick([...known.keys()], random)!] = holder[key])),
  ];
}
