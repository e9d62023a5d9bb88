import { basename, dirname, relative } from 'node:path';
import { violation } from './directions.ts';
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

/** Imports follow the order of the folders and use a package by its doors. Types count as well. */
function imports(context: Context) {
  const file = fileOf(context);
  const check = ({ source }: Import, typeOnly: boolean) => {
    if (typeof source?.value !== 'string') return;
    const target = resolveImport(source.value, file);
    const message = target && violation(file, target, typeOnly);
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

/** Limits the files of a folder. It is reported once, at the folder's first file. */
function folderSize(context: Context) {
  const file = fileOf(context);
  const folder = dirname(file);
  const files = sourcesIn(folder);
  if (files.length <= MOST_FILES || files[0] !== basename(file)) return {};
  const message = `${folder}/ holds ${files.length} source files, more than ${MOST_FILES}: move those that belong together into a folder of their own.`;
  return { Program: (node: object) => context.report({ node, message }) };
}

export default {
  meta: { name: 'tuesday' },
  rules: { imports: { create: imports }, 'folder-size': { create: folderSize } },
};
