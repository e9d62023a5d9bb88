/** A command that goes on until Ctrl-C. */
export interface Follower {
  /** Printed when the next command can begin. */
  ready: RegExp;
  /** It opens http://localhost:8080, for which it gets a free port. */
  opensShop?: true;
  /** It starts a shop, which stays for the whole document; every other command ends with its block. */
  isShop?: true;
}

const FOLLOWERS: [command: RegExp, follower: Follower][] = [
  [/^(npm start|npx tuesday up)\b(?!.*--help)/, { ready: /^\s*Ready in /m, opensShop: true, isShop: true }],
  [/\blogs\b.* (-f|--follow)\b/, { ready: /\S/ }],
  [/\bget\b.* (-w|--watch)\b/, { ready: /\S/ }],
  [/^kubectl\b.* port-forward\b.* 8080:/, { ready: /^Forwarding from /m, opensShop: true }],
  [/^kubectl\b.* port-forward\b/, { ready: /^Forwarding from /m }],
];

/** What a command that goes on until Ctrl-C needs; undefined for one that ends. */
export function followerOf(command: string): Follower | undefined {
  return FOLLOWERS.find(([pattern]) => pattern.test(command))?.[1];
}

/** The command that opens http://localhost:8080, with another port. */
export function atPort(command: string, port: number): string {
  if (command.startsWith('kubectl')) return command.replace(' 8080:', ` ${port}:`);
  if (/ --port[ =]\d+/.test(command)) return command.replace(/( --port[ =])\d+/, `$1${port}`);
  return command.replace(/^npm start( --)?|^npx tuesday up/, (start, dashes) =>
    start.startsWith('npm') && !dashes ? `${start} -- --port ${port}` : `${start} --port ${port}`,
  );
}
