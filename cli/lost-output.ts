/** What this uses of a process. */
type Process = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exit' | 'emit' | 'listenerCount'>;

/**
 * Handles output that cannot be written: because the pipe or the terminal is closed (EPIPE, EIO), or the disk is full. Where
 * the shop runs in this process, a closed one stops it as SIGHUP does, and it goes on without the rest. Another command ends:
 * with 0 after EPIPE, because `get pods | head` is no error.
 */
export function handleLostOutput(process: Process): void {
  const onError = ({ code = '' }: NodeJS.ErrnoException) => {
    if (process.listenerCount('SIGHUP') === 0) process.exit(code === 'EPIPE' ? 0 : 1);
    else if (code === 'EPIPE' || code === 'EIO') process.emit('SIGHUP', 'SIGHUP');
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
}
