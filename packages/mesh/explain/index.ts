/** Describes the model as text. Loads neither zod nor yaml, because every command prints names. */
export { diagnose } from './diagnose/diagnose.ts';
export { describePod, describeService, podText, serviceText } from './describe.ts';
export { podFacts, serviceFacts, type PodFacts, type ServiceFacts } from './facts.ts';
export { KIND_NAMES, closestKind, printedChange, printedName, resolveKind } from './names.ts';
export { printable } from '../manifests/readable.ts';
export { summaryOf, type Summary } from './summary.ts';
export { indent, table } from './table.ts';
export { weightsNote } from './weights.ts';
