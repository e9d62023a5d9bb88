/** A line of a stack trace of Node's, and the beginning of one of its warnings. */
const FOR_PROGRAMMERS = /^ *at (?:.+ \()?(?:file:\/\/|node:|\/)\S*:\d+:\d+\)?$|^\(node:\d+\) /m;

/**
 * Gives back what a command has printed. Throws an Error where that has a stack trace or a warning of Node's: a user gets one
 * sentence. The tests ask this of every command that they run.
 */
export function plainOutput(printed: string): string {
  const [found] = FOR_PROGRAMMERS.exec(printed) ?? [];
  if (found !== undefined) throw new Error(`This was printed to a user, with "${found.trim()}":\n${printed}`);
  return printed;
}
