import { identity } from '../shop/identity.ts';
import { Lock } from './Lock.tsx';

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
