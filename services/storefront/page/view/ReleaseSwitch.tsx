interface Props {
  next: boolean;
  onChange: (next: boolean) => void;
}

/** Asks the gateway for the next release: a cookie that its routes look at. */
export function ReleaseSwitch({ next, onChange }: Props) {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={next} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="track" aria-hidden="true" />
      <span>release: next</span>
    </label>
  );
}
