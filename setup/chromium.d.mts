interface Clone {
  root: string;
  env: Readonly<Record<string, string | undefined>>;
}
export function installedChromium(env: Clone['env']): string | undefined;
export function chromiumFolder(clone: Clone): string;
