/** How the caller proved who it is: its SPIFFE identity over mTLS, or not at all. */
export function Peer({ peer }: { peer: string | null }) {
  if (peer === null) return <span class="peer none">no mTLS: no mesh yet</span>;
  return (
    <span class="peer">
      <svg viewBox="0 0 12 14" width="12" height="14" role="img" aria-label="mTLS">
        <path d="M3 6V4a3 3 0 016 0v2h1v7H2V6zm1.5 0h3V4a1.5 1.5 0 00-3 0z" />
      </svg>{' '}
      from <code>{peer}</code>
    </span>
  );
}
