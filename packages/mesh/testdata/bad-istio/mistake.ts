/**
 * A mistake in istio.yaml: the original text, the wrong text, and the expected message, in which `@` is the line of the
 * original text. The original file is valid, so each case fails only because of its mistake.
 */
export type Mistake = [written: string, becomes: string, sentence: string];
