import { createHash } from 'node:crypto';
import type { Tree } from './tree.ts';

/** SHA-256 of the article's own files. They stay unchanged, to show that they can still be applied. */
export const ARTICLE: Readonly<Record<string, string>> = {
  'istio/article/destination-rule.yaml': '286dd6fcac230ac39aabd77e417bf3227ff791230789f721a2d6c3ce857995b4',
  'istio/article/mesh-policy.yaml': 'd7d3abe2355eb0b81748cd8be1aadd8a2e48d8b8ff9671a11f63bc4d49c9b613',
  'istio/article/virtual-service.yaml': '2629d04b56ad54b470ac6f08713a8cb68fcaca5f4d875b0501aa134145a562b8',
};

/** The article's files are unchanged. */
export function articleIsVerbatim(tree: Tree): string[] {
  return Object.entries(ARTICLE).flatMap(([path, hash]) => {
    const text = tree.files.get(path);
    if (text === undefined) return [`${path} does not exist`];
    return createHash('sha256').update(text).digest('hex') === hash ? [] : [`${path} differs from the article`];
  });
}
