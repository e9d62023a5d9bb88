import { printable } from '@tuesday/mesh/explain';

/** Lines for a terminal, whatever the files hold that they quote from: kubectl describe escapes too (CVE-2021-25743). */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
