/** The environment, output and clock of a command. */
export interface Terminal {
  /** The environment of the tools, with PATH and KUBECONFIG. */
  env: Record<string, string | undefined>;
  out(text: string): void;
  err(text: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
}
