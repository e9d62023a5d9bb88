import { SetupError } from './trouble/trouble.mjs';

/**
 * Names this platform.
 * @param {{ platform?: string, arch?: string, glibc?: () => string | undefined }} [machine] for tests
 * @returns {string} such as linux-x64
 * @throws {SetupError} where the shop cannot run; the message says what to use instead
 */
export function checkPlatform({ platform = process.platform, arch = process.arch, glibc = glibcVersion } = {}) {
  if (platform === 'win32')
    throw new SetupError(
      'Windows itself is not supported: the shop runs as Unix processes. Install WSL2 ("wsl --install"), clone the repository inside it, and start there.',
    );
  const name = `${platform}-${arch}`;
  if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(name))
    throw new SetupError(
      `${name} is not supported: PostgreSQL is downloaded for Linux and macOS on x64 and arm64. Use such a machine, or a Debian container.`,
    );
  if (platform === 'linux' && !glibc())
    throw new SetupError(
      'This Linux uses musl (as Alpine does), and the binaries of PostgreSQL need glibc. Use Debian, Ubuntu or Fedora, or a container of one of them: "docker run -it node:24-bookworm bash".',
    );
  return name;
}

/** @returns {string | undefined} undefined on musl */
function glibcVersion() {
  return /** @type {any} */ (process.report?.getReport())?.header?.glibcVersionRuntime;
}
