import type { Saved } from './saved.ts';

/** A shop that this process has started. */
export interface Running {
  url: string;
  /** Stops every pod gracefully; settles when nothing is left. */
  stop(): Promise<void>;
}

/** What a start of the shop needs to know. */
export interface StartOptions {
  /** Folder with the kustomization. */
  overlay: string;
  state: string;
  port: number;
  namespace: string;
  /** With an Envoy beside each pod. */
  mesh: boolean;
  /** Called with the words for what is being waited for. */
  onProgress(text: string): void;
  /** Called for each save of a watched file that changed something, or could not. */
  onSaved(saved: Saved): void;
}

/** Starts the shop in this process; settles when every pod is ready. */
export type StartShop = (options: StartOptions) => Promise<Running>;
