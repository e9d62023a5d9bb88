/** The size of a run. */
export interface Size {
  name: 'full' | 'short';
  /** Starts with filled caches, with and without a mesh. */
  starts: number;
  /** Changes of the canary by each method, in pairs of there and back; by `npx` one pair in ten. */
  changePairs: number;
  /** Requests through a pair of sidecars, and bypassing it. */
  hop: { rounds: number; requests: number; perSecond: number };
  /** Checkouts of one round. */
  checkouts: { rounds: number; count: number };
  /** Rounds of the translation, which runs in this process. */
  translations: number;
}

export const FULL: Size = {
  name: 'full',
  starts: 7,
  changePairs: 100,
  hop: { rounds: 20, requests: 200, perSecond: 100 },
  checkouts: { rounds: 10, count: 200 },
  translations: 30,
};

/** Short enough for a build: shows that every bench works, and a difference of a half, but not of a tenth. */
export const SHORT: Size = {
  name: 'short',
  starts: 1,
  changePairs: 3,
  hop: { rounds: 4, requests: 50, perSecond: 100 },
  checkouts: { rounds: 2, count: 40 },
  translations: 5,
};
