import { basename, dirname, relative } from 'node:path';
import { refusal } from './directions.ts';
import { MOST_FILES, ROOT, resolveImport, sourcesIn } from './tree.ts';

/** What these rules use of oxlint's plugin interface, which is ESLint's; oxlint publishes no types for it. */
interface Context {
  filename: string;
  report(finding: { node: object; message: string }): void;
}
interface Import {
  source: { value?: unknown } | null;
  importKind?: 'type' | 'value';
  exportKind?: 'type' | 'value';
}

/** The file that is linted, from the root of the repository. */
const fileOf = (context: Context) => relative(ROOT, context.filename);

/** Imports go one way through the folders, and into a package by its doors. Types count as well. */
function imports(context: Context) {
  const file = fileOf(context);
  const check = ({ source }: Import, typeOnly: boolean) => {
    if (typeof source?.value !== 'string') return;
    const target = resolveImport(source.value, file);
    const message = target && refusal(file, target, typeOnly);
    if (message !== undefined) context.report({ node: source, message });
  };
  const declared = (node: Import) => check(node, node.importKind === 'type' || node.exportKind === 'type');
  return {
    ImportDeclaration: declared,
    ExportNamedDeclaration: declared,
    ExportAllDeclaration: declared,
    ImportExpression: (node: Import) => check(node, false),
    TSImportType: (node: Import) => check(node, true),
  };
}

/** A folder can be read at a glance. The message stands at its first file, so that there is one. */
function folderSize(context: Context) {
  const file = fileOf(context);
  const folder = dirname(file);
  const files = sourcesIn(folder);
  if (files.length <= MOST_FILES || files[0] !== basename(file)) return {};
  const message = `${folder}/ holds ${files.length} source files, and at most ${MOST_FILES} can be read at a glance: give those that belong together a folder of their own.`;
  return { Program: (node: object) => context.report({ node, message }) };
}

export default {
  meta: { name: 'tuesday' },
  rules: { imports: { create: imports }, 'folder-size': { create: folderSize } },
};
