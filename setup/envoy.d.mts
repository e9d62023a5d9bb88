export const VERSION: string;
