/** Preloaded where the launcher had to start another Node: when the launcher is gone, however that came, this process is asked to end. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
