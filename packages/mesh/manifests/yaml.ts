import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type ScalarTag,
  type SchemaOptions,
  type Tags,
} from 'yaml';
import { ManifestError } from './resource.ts';
import { checkNodes, startOf } from './yaml-nodes.ts';

export type Path = readonly (string | number)[];

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

/**
 * kubectl reads YAML 1.1 with go-yaml: `on`, `yes` and `n` are booleans, `0644` is octal. Unlike YAML 1.1, it has no
 * sexagesimal numbers, and dates are strings (go-yaml v2, resolve.go).
 */
const likeKubectl: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  // It compares each key with each other one; see checkKeys.
  uniqueKeys: false,
  prettyErrors: false,
  customTags: (tags: Tags) => [
    newOctal,
    ...tags
      .filter((tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !tag.tag.endsWith(':timestamp')))
      .map(withDigit),
  ],
};

/** Reads all documents of a file. Throws ManifestError for invalid YAML and for duplicate keys. */
export function parseYaml(file: string, text: string): ParsedDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...likeKubectl, lineCounter: lines });
  return [...documents].flatMap((document) => {
    const fail = (offset: number, what: string): never => {
      throw new ManifestError({ file, line: lines.linePos(offset).line }, what);
    };
    const error = document.errors[0] ?? document.warnings[0];
    if (error !== undefined) fail(error.pos[0], `not valid YAML: ${plain(error.message)}`);
    checkNodes(document, fail);
    const value = toValue(document, fail);
    if (value === null || value === undefined) return [];
    return [{ value, lineOf: (path: Path) => lines.linePos(offsetOf(document.contents, path)).line }];
  });
}

function toValue(document: Document.Parsed, fail: (offset: number, what: string) => never): unknown {
  try {
    // What aliases come to is limited by checkNodes.
    return document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    return fail(0, `not valid YAML: ${plain(String(error))}`);
  }
}

/** The first line of the parser's message, without its final punctuation. */
function plain(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/^\w*Error: /, '').replace(/[.:]$/, '');
}

function offsetOf(root: unknown, path: Path): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}
