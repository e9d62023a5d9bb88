import type { Check } from './check.ts';
import { definitions } from './definitions.ts';
import { injection } from './injection.ts';
import { istiod } from './istiod.ts';
import { memory } from './memory.ts';
import { storage } from './storage.ts';
import { tracing } from './tracing.ts';

/** In the order in which things are installed: what comes first is often why the next is missing. */
export const CHECKS: readonly Check[] = [definitions, istiod, injection, tracing, memory, storage];
