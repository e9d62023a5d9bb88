import { identity } from '../shop/identity.ts';

/** How the caller of a hop proved who it is: its SPIFFE identity over mTLS, or not at all. */
export function Peer({ peer }: { peer: string | null }) {
  if (peer === null) {
    return (
      <span class="peer open">
        <Lock isOpen /> without mTLS: the caller proved no identity
      </span>
    );
  }
  const { before, account } = identity(peer);
  return (
    <span class="peer">
      <Lock /> mTLS from{' '}
      <code>
        {before}
        <b>{account}</b>
      </code>
    </span>
  );
}

/** A padlock, shut or open; the words beside it say the same. */
function Lock({ isOpen = false }: { isOpen?: boolean }) {
  const shackle = isOpen ? 'M9 6V4a3 3 0 00-5.7-1.3' : 'M3 6V4a3 3 0 016 0v2';
  return (
    <svg class="lock" viewBox="0 0 12 14" width="12" height="14" aria-hidden="true">
      <path d={shackle} fill="none" stroke="currentColor" stroke-width="1.5" />
      <path d="M2 6h8v7H2z" fill="currentColor" />
    </svg>
  );
}
