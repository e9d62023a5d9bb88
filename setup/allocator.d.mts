export const LOW_MEMORY_ENV: Record<string, string>;
