/** A step from a message to a part of it: a field, an index of a list, or a key of a map. */
export type Step = string | number | { key: string };

const LONGEST = 40;

/** A resource is not what its protobuf type says. The message has the path of the part that is wrong, and what is wrong there. */
export class EncodeError extends TypeError {
  override readonly name = 'EncodeError';
  /** `80.virtual_hosts[0].routes[0].match`: first the resource's own name. */
  readonly path: string;

  constructor(steps: readonly Step[], what: string) {
    const path = steps.map(textOf).join('');
    super(`${path}: ${what}`);
    this.path = path;
  }
}

function textOf(step: Step, index: number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'object') return `[${JSON.stringify(step.key)}]`;
  return index === 0 ? step : `.${step}`;
}

/** A wrong value as an error shows it: short, and of an object or a list only what it is. */
export function shown(json: unknown): string {
  if (Array.isArray(json)) return 'a list';
  if (typeof json === 'object' && json !== null) return 'an object';
  const text = typeof json === 'string' ? JSON.stringify(json) : String(json);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
