/**
 * glibc's allocator (mallopt(3)): one arena for all threads, and what is free goes back to the machine. A service takes 5 MiB
 * less of it, and the runner 35; other C libraries ignore the words. They count from a process's start only.
 */
export const FRUGAL = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '65536' };
