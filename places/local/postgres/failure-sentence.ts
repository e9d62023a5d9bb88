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
