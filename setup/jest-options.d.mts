export const JEST_OPTIONS: string;
