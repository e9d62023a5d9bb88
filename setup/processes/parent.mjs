import { sendSignal } from './signal.mjs';

/** Preloaded where the launcher had to start another Node: when the launcher ends for any reason, this process gets SIGTERM. */
process.once('disconnect', () => sendSignal(process.pid, 'SIGTERM'));
process.channel?.unref();
