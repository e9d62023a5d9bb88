import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../trouble/trouble.mjs';
import { MODEL, PACKAGE_MODEL, ofModel } from './templates.mjs';

/** The lists that cannot read a folder, each with what stands there for the model. @type {[file: string, entries: RegExp][]} */
const LISTS = [
  ['Dockerfile', /^COPY services\/storefront\/package\.json .*\n/m],
  ['docker-bake.hcl', /, "storefront"/],
  ['docker-compose.yml', /^ {2}storefront:\n(?: {4}.*\n)+\n|^ {6}storefront: .*\n/gm],
  ['skaffold.yaml', /^ +- image: tuesday\.local\/storefront\n(?: +(?:docker|sync): .*\n)+/gm],
  ['k8s/base/kustomization.yaml', /(?:^ *- storefront\/.*\n)+/m],
  ['k8s/overlays/production/kustomization.yaml', /^ *- \{ name: (?:tuesday\.local\/)?storefront, .*\n/gm],
  ['istio/base/kustomization.yaml', /^ *- allow\/storefront\.yaml\n/m],
];

/**
 * The lists with the new service in them: each has its entries after those of the model.
 * @param {string} root @param {string} name
 * @returns {[path: string, text: string][]}
 * @throws {SetupError} if a list has changed so much that the model's entries are not found
 */
export function entriesFor(root, name) {
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
  const lists = LISTS.map(([file, entries]) => {
    const before = read(file);
    const after = before.replace(entries, (found) => found + ofModel(found, name));
    if (after === before)
      throw new SetupError(
        `${file} has no entry of ${MODEL} to repeat: correct its pattern in setup/new-service/lists.mjs.`,
      );
    return /** @type {[string, string]} */ ([file, after]);
  });
  return [...lists, ['package-lock.json', withWorkspace(read('package-lock.json'), name)]];
}

/** The lock file as npm would write it. @param {string} lock @param {string} name */
function withWorkspace(lock, name) {
  const content = JSON.parse(lock);
  const model = JSON.stringify(content.packages[`services/${PACKAGE_MODEL}`]);
  Object.assign(content.packages, {
    [`node_modules/@tuesday/${name}`]: { resolved: `services/${name}`, link: true },
    [`services/${name}`]: JSON.parse(model.replace(PACKAGE_MODEL, name)),
  });
  const entries = Object.entries(content.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return `${JSON.stringify({ ...content, packages: Object.fromEntries(entries) }, null, 2)}\n`;
}
