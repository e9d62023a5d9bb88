export const FRUGAL: Record<string, string>;
