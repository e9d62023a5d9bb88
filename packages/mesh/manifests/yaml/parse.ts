import {
  Composer,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type ScalarTag,
  type SchemaOptions,
  type Tags,
} from 'yaml';
import { ManifestError } from '../resource.ts';
import { jsonObjects } from './json-stream.ts';
import { lineFinder, placesOf, type Path } from './places.ts';
import { checkText, tokensOf, type Fail } from './tokens.ts';
import { valueOf } from './values.ts';

/** One document of a file, between `---` lines. Empty documents are left out. */
export interface ParsedDocument {
  value: unknown;
  /** The line of a field's name or list entry, or of its closest parent that is in the file. */
  lineOf(path: Path): number;
}

/** YAML 1.2's octal numbers (`0o644`), which go-yaml reads as well. */
const newOctal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0o[0-7]+$/,
  resolve: (text) => Number.parseInt(text.replace('0o', ''), 8),
};

/** The same tag for texts whose number has a digit at its beginning: a lone `.`, as in exportTo, is a string in go-yaml. */
function withDigit(tag: Tags[number]): Tags[number] {
  const isNumber = typeof tag !== 'string' && tag.tag.endsWith(':float') && !/nan/i.test(`${(tag as ScalarTag).test}`);
  if (!isNumber) return tag;
  const { test, ...rest } = tag as ScalarTag;
  return { ...rest, test: new RegExp(String.raw`^(?=[-+]?\.?\d)(?:${test?.source})`) };
}

/** Tags of values that JSON does not have; dates are strings. */
const NO_JSON = /:(timestamp|binary|set|omap|pairs)$/;

/**
 * kubectl reads YAML 1.1 with go-yaml: `on`, `yes` and `n` are booleans, `0644` is octal. Unlike YAML 1.1, it has no
 * sexagesimal numbers, and dates are strings (go-yaml v2, resolve.go).
 */
const likeKubectl: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  // It compares each key with each other one; see values.ts.
  uniqueKeys: false,
  prettyErrors: false,
  customTags: (tags: Tags) => [
    newOctal,
    ...tags
      .filter((tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !NO_JSON.test(tag.tag)))
      .map(withDigit),
  ],
};

/** Reads all documents of a file. Throws ManifestError for invalid YAML, for duplicate keys, and for what is larger than limits.ts says. */
export function parseYaml(file: string, text: string): ParsedDocument[] {
  const lineAt = lineFinder(text);
  const fail: Fail = (offset, what) => {
    throw new ManifestError({ file, line: lineAt(offset) }, what);
  };
  checkText(text, fail);
  return jsonObjects(text, fail).flatMap(({ text: part, start }) => {
    const failHere: Fail = (offset, what) => fail(start + offset, what);
    const documents = new Composer(likeKubectl).compose(tokensOf(part, failHere));
    return [...documents].flatMap((document) => parsed(document, failHere, (offset) => lineAt(start + offset)));
  });
}

function parsed(document: Document.Parsed, fail: Fail, lineAt: (offset: number) => number): ParsedDocument[] {
  const error = document.errors[0] ?? document.warnings[0];
  if (error !== undefined) fail(error.pos[0], `not valid YAML: ${plain(error.message)}`);
  const value = valueOf(document.contents, fail);
  if (value === null) return [];
  const offsetOf = placesOf(document.contents);
  return [{ value, lineOf: (path: Path) => lineAt(offsetOf(path)) }];
}

/** The first line of the parser's message, without its final punctuation. */
function plain(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/^\w*Error: /, '').replace(/[.:]$/, '');
}
