import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { PodTemplate } from '../../../packages/mesh/manifests/kinds/typed.ts';

/** The repository: every program below starts here. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What runs locally in the place of an image. */
export type Program =
  | { kind: 'node'; args: string[] }
  | { kind: 'postgres' }
  /** Istio's gateway image: an Envoy, or without a mesh a small ingress. */
  | { kind: 'gateway' };

/** A row of the table: an image, as people know it and as a pattern, and the program that plays it; undefined when there is none after all. */
export interface Row {
  name: string;
  image: RegExp;
  program(match: RegExpExecArray): Program | undefined;
}

// 1 MiB for young objects: half of an idle service's memory would be room that it never needs.
const FLAGS = ['--max-semi-space-size=1'];
const REGISTER = join(ROOT, 'packages/service/src/tracing/register.ts');

/** Which image is played by what. An image that is not here cannot run locally: add a row. */
export const IMAGES: readonly Row[] = [
  {
    name: 'tuesday.local/<service>',
    image: /^tuesday\.local\/([a-z-]+):/,
    program: ([, name]) => {
      const main = join(ROOT, `services/${name}/src/main.ts`);
      return existsSync(main) ? { kind: 'node', args: [...FLAGS, '--import', REGISTER, main] } : undefined;
    },
  },
  {
    name: 'jaegertracing/jaeger',
    image: /(^|\/)jaegertracing\/jaeger:/,
    program: () => ({ kind: 'node', args: [...FLAGS, join(ROOT, 'packages/traces/main.ts')] }),
  },
  { name: 'postgres', image: /(^|\/)postgres:/, program: () => ({ kind: 'postgres' }) },
];

/** The program for a pod, or undefined when the table has none. Istio writes `image: auto` for what injection replaces. */
export function programFor(template: PodTemplate, images = IMAGES): Program | undefined {
  const { image } = template.spec.containers[0]!;
  if (image === 'auto' && template.metadata.annotations['inject.istio.io/templates'] === 'gateway')
    return { kind: 'gateway' };
  for (const row of images) {
    const match = row.image.exec(image);
    if (match) return row.program(match);
  }
  return undefined;
}
