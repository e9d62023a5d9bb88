export function takeLock(
  file: string,
  options: { text: string; isHeld(text: string): boolean; mode?: number },
): Promise<string | undefined>;
