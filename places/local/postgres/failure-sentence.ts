/** Data that this server cannot use: a further try gives the same. The message says what to do. */
export class UnusableData extends Error {
  override readonly name = 'UnusableData';
}

/** One sentence about data of another version of PostgreSQL, from what the server said of them; undefined where it said something else. */
export function unusableSentence(data: string, said: string): string | undefined {
  const [, old, now] =
    /initialized by PostgreSQL version ([\d.]+), which is not compatible with this version ([\d.]*\d)/.exec(said) ?? [];
  if (old === undefined) return undefined;
  return `PostgreSQL ${now} cannot use the data in ${data}, which PostgreSQL ${old} has made. Remove that folder with all its orders: the next start makes new data. To keep the orders, dump them with the version of this repository that made them`;
}

/** One sentence for the user: `what` failed, with the reason from a PostgreSQL program's output, and what to do where that is known. */
export function failureSentence(what: string, output: string): string {
  if (/No space left on device|ENOSPC/i.test(output))
    return `${what}: the disk is full. Free some space and start again.`;
  if (/permission denied|EACCES|EROFS|EPERM/i.test(output))
    return `${what}: this user may not write there. Choose another folder with --state.`;
  const lines = output.trim().split('\n').reverse();
  const reason = lines.find((line) => /error|fatal|panic/i.test(line)) ?? lines[0];
  return `${what}: ${reason?.replace(/^.*?(ERROR|FATAL|PANIC|error):\s*/i, '') || 'no reason given'}.`;
}
