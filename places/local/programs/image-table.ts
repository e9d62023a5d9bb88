import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PodTemplate } from '@tuesday/mesh/manifests';
import { ROOT } from '../../repository.ts';

/** The program that runs locally in the place of an image. */
export type Program =
  | { kind: 'node'; args: string[] }
  | { kind: 'postgres' }
  /** In the place of Istio's gateway image: an Envoy, or without a mesh a small ingress. */
  | { kind: 'gateway' };

/** A row of the table of images. */
export interface ImageRow {
  /** As error messages name it. */
  name: string;
  image: RegExp;
  /** The program in the place of an image that matches; undefined when there is none. */
  program(match: RegExpExecArray): Program | undefined;
}

// 1 MiB for young objects: V8's default would be half of the memory of an idle service.
const FLAGS = ['--max-semi-space-size=1'];
const REGISTER = join(ROOT, 'packages/service/src/tracing/register.ts');

/** The program for each image. An image that is not in this table cannot run locally: add a row. */
export const IMAGES: readonly ImageRow[] = [
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

/** The program for a pod; undefined when the table has none. `image: auto` stands for the image that Istio's injection would put in. */
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
