export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean;
export function sendSignalToGroup(leader: number | undefined, signal: NodeJS.Signals | 0): boolean;
export function isAlive(pid: number): boolean;
