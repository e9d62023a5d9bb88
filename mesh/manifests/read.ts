/** The ways in: text, files and folders (`-f`), a kustomization (`-k`). */
export { readFiles } from './files.ts';
export { listKustomization, readKustomization } from './kustomization.ts';
export { readText } from './text.ts';
