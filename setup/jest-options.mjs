/** jest loads ES modules through Node's vm module, which still stands behind a flag. Node's options for its process. */
export const JEST_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
