/** A command that goes on until Ctrl-C: when it is ready for the next command, and whether it is a shop. */
export interface Follower {
  ready: RegExp;
  isShop?: true;
}

const FOLLOWERS: [command: RegExp, follower: Follower][] = [
  [/^(npm start|npx tuesday up)\b(?!.*--help)/, { ready: /^\s*Ready in /m, isShop: true }],
  [/\blogs\b.* (-f|--follow)\b/, { ready: /\S/ }],
  [/\bget\b.* (-w|--watch)\b/, { ready: /\S/ }],
  [/^kubectl\b.* port-forward\b/, { ready: /^Forwarding from /m }],
];

/** What a command that goes on until Ctrl-C needs; undefined for one that ends. */
export function followerOf(command: string): Follower | undefined {
  return FOLLOWERS.find(([pattern]) => pattern.test(command))?.[1];
}

/** The command that starts a shop, with another port of its gateway. */
export function atPort(command: string, port: number): string {
  if (/ --port[ =]\d+/.test(command)) return command.replace(/( --port[ =])\d+/, `$1${port}`);
  return command.replace(/^npm start( --)?|^npx tuesday up/, (start, dashes) =>
    start.startsWith('npm') && !dashes ? `${start} -- --port ${port}` : `${start} --port ${port}`,
  );
}
