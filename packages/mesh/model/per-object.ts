/** Calls `make` once for each object, and remembers the result for as long as the object is in use. */
export function perObject<K extends object, V extends object>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

/** The same for each pair of objects. */
export function perPair<A extends object, B extends object, V extends object>(
  make: (first: A, second: B) => V,
): (first: A, second: B) => V {
  const made = perObject((first: A) => perObject((second: B) => make(first, second)));
  return (first, second) => made(first)(second);
}
