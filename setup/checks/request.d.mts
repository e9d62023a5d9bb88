export function readRequest(words: string[]): { help: boolean; patterns: string[]; title?: string };
export function literal(text: string): string;
