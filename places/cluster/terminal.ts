/** What a command needs of the world. */
export interface Terminal {
  /** PATH and KUBECONFIG are in here; the tools get all of it. */
  env: Record<string, string | undefined>;
  out(text: string): void;
  err(text: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
}
