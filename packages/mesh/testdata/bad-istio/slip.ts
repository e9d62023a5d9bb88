/**
 * One slip in istio.yaml: what is written there, what it becomes, and the sentence that must follow. `@` stands for the
 * line of what was written. The unchanged file is read without complaint, so each case fails for its slip alone.
 */
export type Slip = [written: string, becomes: string, sentence: string];
