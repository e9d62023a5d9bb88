/** A caller's SPIFFE identity, parted before the name of its service account: the part that differs from hop to hop. */
export interface Identity {
  before: string;
  account: string;
}

/** Parts `spiffe://cluster.local/ns/shop/sa/checkout`; an identity of another shape is all account. */
export function identity(peer: string): Identity {
  const [, before = '', account = peer] = /^(spiffe:\/\/.+\/sa\/)([^/]+)$/.exec(peer) ?? [];
  return { before, account };
}
