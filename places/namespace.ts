/** The shop's namespace: that of an object which names none, and of a command without `-n`. */
export const DEFAULT_NAMESPACE = 'shop';
