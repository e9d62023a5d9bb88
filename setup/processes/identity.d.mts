export function identityOf(pid?: number): string | undefined;
export function pidOf(identity: string): number;
export function isRunning(identity: string): boolean;
