/** Calls `make` once for each object, and remembers the result for as long as the object is in use. */
export function perObject<K extends object, V extends object>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

const ABSENT = {};

/** The same for each pair of objects, of which the second may be absent. */
export function perPair<A extends object, B extends object | undefined, V extends object>(
  make: (first: A, second: B) => V,
): (first: A, second: B) => V {
  const made = perObject((_first: A) => new WeakMap<object, V>());
  return (first, second) => {
    const known = made(first);
    const value = known.get(second ?? ABSENT) ?? make(first, second);
    known.set(second ?? ABSENT, value);
    return value;
  };
}

/** Calls `work` once for each text that `keyOf` gives, and remembers the result as long as this function is in use. */
export function perText<In, Out>(work: (input: In) => Out, keyOf: (input: In) => string = String): (input: In) => Out {
  const known = new Map<string, Out>();
  return function remember(input) {
    const key = keyOf(input);
    const found = known.get(key) ?? work(input);
    known.set(key, found);
    return found;
  };
}
