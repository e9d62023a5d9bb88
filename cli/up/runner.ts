import type { Saved } from './saved.ts';

/** A shop that this process has started. */
export interface Running {
  url: string;
  /** Stops every pod gracefully; settles when nothing is left. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Folder with the kustomization. */
  overlay: string;
  state: string;
  port: number;
  namespace: string;
  /** With an Envoy beside each pod. */
  mesh: boolean;
  /** Told in words what is being waited for. */
  onProgress(text: string): void;
  /** Told of each save of a watched file that did something, or could not. */
  onSaved(saved: Saved): void;
}

export type StartShop = (options: StartOptions) => Promise<Running>;
