import { relative } from 'node:path';
import { refusal } from './directions.ts';
import { ROOT, resolveImport } from './tree.ts';

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

export default {
  meta: { name: 'tuesday' },
  rules: { imports: { create: imports } },
};
