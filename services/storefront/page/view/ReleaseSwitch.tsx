interface Props {
  next: boolean;
  onChange: (next: boolean) => void;
}

/** Chooses the next release, by a cookie that the gateway's routes match. */
export function ReleaseSwitch({ next, onChange }: Props) {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={next} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="track" aria-hidden="true" />
      <span>release: next</span>
    </label>
  );
}
