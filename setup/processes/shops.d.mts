export function noteShop(
  clone: { root: string; env: Record<string, string | undefined> },
  shop: { state: string; onWait?: (pid: number) => void },
): Promise<() => void>;
export function runningShops(clone: {
  root: string;
  env: Record<string, string | undefined>;
}): { pid: number; state: string }[];
