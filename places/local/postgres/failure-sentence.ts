/** One sentence out of what a PostgreSQL program said before it gave up, with the way out where there is a usual one. */
export function sentence(what: string, said: string): string {
  if (/No space left on device|ENOSPC/i.test(said))
    return `${what}: the disk is full. Free some space and start again.`;
  if (/permission denied|EACCES|EROFS|EPERM/i.test(said))
    return `${what}: this user may not write there. Choose another folder with --state.`;
  const lines = said.trim().split('\n').reverse();
  const reason = lines.find((line) => /error|fatal|panic/i.test(line)) ?? lines[0];
  return `${what}: ${reason?.replace(/^.*?(ERROR|FATAL|PANIC|error):\s*/i, '') || 'no reason given'}.`;
}
