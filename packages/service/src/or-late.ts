const LATE = Symbol('late');

/** What `work` gives, or, where it takes longer than `ms` milliseconds, what `late` gives or throws. The work itself goes on. */
export async function orLate<T, L>(work: Promise<T>, ms: number, late: () => L): Promise<T | L> {
  const { promise: limit, resolve } = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => resolve(LATE), ms);
  try {
    const first = await Promise.race([work, limit]);
    return first === LATE ? late() : first;
  } finally {
    clearTimeout(timer);
  }
}
