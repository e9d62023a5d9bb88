/** Node's options for jest, which loads ES modules through Node's vm module: that still needs a flag. */
export const JEST_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
