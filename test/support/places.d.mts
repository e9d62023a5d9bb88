/** The place of this run. */
export const PLACE: string;

/** Rows of the table for a place: files, by the beginning of their path, that do not run there, and why. */
export function cannotHold(place?: string): { file: string; reason: string }[];
