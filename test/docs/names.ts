import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../places/repository.ts';

/** A document of the repository: its path from the root, and its text. */
export interface NamedText {
  file: string;
  text: string;
}

/** A link to something of the repository. */
const LINK = /\]\((?!https?:)([^)\s]+)\)/g;
const OUTSIDE = ['**/node_modules/**', '.git/**', '.tuesday/**'];
const DOCUMENTS = ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'test/**/README.md'];

/** Every document that a person reads. */
export function documents(): NamedText[] {
  return globSync(DOCUMENTS, { cwd: ROOT, exclude: OUTSIDE })
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}

/** Names that stand for something of the reader's, or that a command of the document writes. */
const OF_THE_READER = [
  /^foo(\.integration)?(\.test)?\.ts$/, // a file and its tests
  /\bgifts\b/, // the service that a reader adds; test/e2e/new-service.test.ts follows the guide
  /^services\/billing\/(…|src\/…)/, // an elision
  /^databases\.sql$/, // of an administrator
  /^kubernetes\.io\//, // an annotation
  /^k3s\.yaml$/, // written by the line before it
];

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
/** The folders at the root that documents name. */
const ROOTS = folders
  .map(({ name }) => name)
  .filter((name) => /^(\.ci|[a-z]\w*)$/.test(name) && name !== 'node_modules');
/** Every file, with a slash in front, so that a part of a path can be found by its segments. */
const FILES = globSync('{*,.ci/**,**}', { cwd: ROOT, exclude: OUTSIDE }).map((path) => `/${path}/`);

/** What a document names and the repository does not have: files, folders, links, headings and npm scripts. */
export function missingIn({ file, text }: NamedText): string[] {
  const spans = [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, span = '']) => span);
  const rooted = [
    ...text.replaceAll(LINK, ']').matchAll(new RegExp(`(?<![\\w./@:-])(?:${ROOTS.join('|')})/[\\w./*…-]*[\\w*…]`, 'g')),
  ];
  const paths = new Set([...rooted.map(([path]) => path), ...spans.filter(looksLikeAPath)]);
  return [
    ...[...paths].filter((path) => !isThere(path)),
    ...linksOf(text).flatMap((to) => brokenLink(file, to, text)),
    ...[...text.matchAll(/npm run ([\w:]+)/g)]
      .filter(([, name = '']) => !(name in scripts))
      .map(([, name]) => `npm run ${name}`),
  ];
}

/** `outbox.ts`, `pods/`, `network/capture.cjs`: names below a folder that the text has named before. */
function looksLikeAPath(span: string): boolean {
  return (
    /^[\w.-]+\.(ts|tsx|mjs|cjs|js|yaml|sql|md)$/.test(span) || /^[a-z][\w.-]*\/([\w.-]+\/)*([\w-]+\.\w+)?$/.test(span)
  );
}

function isThere(path: string): boolean {
  if (OF_THE_READER.some((pattern) => pattern.test(path)) || /(^|\/)[A-Z]+(\/|$)/.test(path)) return true;
  if (path.includes('*')) return globSync(path, { cwd: ROOT, exclude: OUTSIDE }).length > 0;
  // The beginning of a file's name is enough: test/e2e/money.
  if (ROOTS.some((root) => path.startsWith(`${root}/`)))
    return existsSync(join(ROOT, path)) || globSync(`${path}.*`, { cwd: ROOT }).length > 0;
  const part = `/${path.replace(/\/$/, '')}/`;
  return FILES.some((one) => one.includes(part));
}

function linksOf(text: string): string[] {
  return [...text.matchAll(LINK)].map(([, to = '']) => to);
}

/** A link that leads to no file, or to no heading of its document. */
function brokenLink(file: string, to: string, text: string): string[] {
  const [path = '', heading] = to.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(ROOT, target))) return [to];
  if (heading === undefined) return [];
  const there = path === '' ? text : readFileSync(join(ROOT, target), 'utf8');
  return headingsOf(there).includes(heading) ? [] : [to];
}

/** The headings of a document as GitHub writes them into addresses. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
