import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { camel } from './request.mjs';

/** The service whose main.ts, manifests and list entries a new one repeats: it has one version and no database. */
export const MODEL = 'storefront';
/** The service whose package.json it repeats: it needs no packages of its own. */
export const PACKAGE_MODEL = 'checkout';

/** What the model alone needs, to sign the tokens of customers; and what stands there without it. @type {[RegExp, string][]} */
const OWN = [
  [/^ +- name: (?:SESSION_KEYS|DEMO_CUSTOMERS)\b.*\n.*\n/gm, ''],
  [/\[\*environment, \*customers\]/g, '*environment'],
];

/** An entry or a file of the model, as a new service has it. @param {string} text @param {string} name */
export const ofModel = (text, name) =>
  OWN.reduce((rest, [own, instead]) => rest.replaceAll(own, instead), text).replaceAll(MODEL, name);

/** What no service has as simply; written for a service gifts that storefront may call. */
const TEMPLATES = fileURLToPath(new URL('template', import.meta.url));

/**
 * The files of a service that answers GET /items.
 * @param {string} root @param {import('./new-service.mjs').Request} request
 * @returns {[path: string, text: string][]}
 */
export function filesFor(root, { name, caller }) {
  const type = `${camel(name)[0]?.toUpperCase()}${camel(name).slice(1)}`;
  /** @param {string} path @param {string} model @returns {[string, string]} */
  const copied = (path, model = MODEL) => {
    const text = readFileSync(join(root, path), 'utf8');
    const inFile = path.endsWith('.ts') ? camel(name) : name;
    const own = model === MODEL ? ofModel(text, inFile) : text.replaceAll(model, inFile);
    return [path.replace(model, name), own.replaceAll('Storefront', type)];
  };
  /** @type {Record<string, string>} */
  const words = { gifts: name, Gifts: type, storefront: caller };
  /** @param {string} file @returns {[string, string]} */
  const filled = (file) => {
    const path = file === 'allow.yaml' ? `istio/base/allow/${name}.yaml` : `services/${name}/src/${file.slice(0, -4)}`;
    const text = readFileSync(join(TEMPLATES, file), 'utf8');
    return [path, text.replaceAll(/gifts|Gifts|storefront/g, (word) => `${words[word]}`)];
  };
  return [
    copied(`services/${PACKAGE_MODEL}/package.json`, PACKAGE_MODEL),
    copied(`services/${MODEL}/src/main.ts`),
    ...['account', 'service', 'deployment'].map((kind) => copied(`k8s/base/${MODEL}/${kind}.yaml`)),
    ...readdirSync(TEMPLATES).map(filled),
  ];
}
