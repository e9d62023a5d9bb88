/** How much is measured. */
export interface Size {
  name: 'full' | 'short';
  /** Cached starts, with and without a mesh. */
  starts: number;
  /** Changes of the canary by each way, in pairs of there and back; by `npx` one pair in ten. */
  changePairs: number;
  /** Requests through a pair of sidecars, and past it. */
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

/** What a build can spare: shows that every bench works, and tells a difference of a half, not of a tenth. */
export const SHORT: Size = {
  name: 'short',
  starts: 1,
  changePairs: 3,
  hop: { rounds: 4, requests: 50, perSecond: 100 },
  checkouts: { rounds: 2, count: 40 },
  translations: 5,
};
