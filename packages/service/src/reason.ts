/** What of an error is logged. */
export interface ErrorFields {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: ErrorFields;
  errors?: ErrorFields[];
}

/** Causes are followed so deep; of an AggregateError so many errors are taken. */
const [DEEPEST, MOST] = [8, 8];

const SECRETS: [RegExp, string][] = [
  [/(\b[a-z][\w+.-]*:\/\/[^\s:/@]*):[^\s@]+@/gi, '$1:***@'], // a URL with a password
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '***'], // a JWT
  [/\b(bearer|basic) +[\w.~+/=-]+/gi, '$1 ***'],
  [/\btok_\w+/g, 'tok_***'], // a payment method
  [/(["']?[\w-]*(?:password|secret|authorization|api-?key)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&}]+)/gi, '$1***'],
];

/** A text without what looks like a password, a token or a key. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((safe, [secret, instead]) => safe.replace(secret, instead), text);

/**
 * An error as it is logged: with all its causes, and the errors of an AggregateError, without secrets. No other fields:
 * PostgreSQL puts the values of a row into `detail`, and a client's error may have its request.
 */
export function errorFields(thrown: unknown, depth = 0): ErrorFields {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: '' };
  const { name, message, stack, cause } = thrown;
  const { code, errors } = thrown as { code?: unknown; errors?: unknown };
  const inner = (one: unknown) => errorFields(one, depth + 1);
  const deeper = depth < DEEPEST;
  return {
    type: name,
    message: withoutSecrets(message),
    ...(code !== undefined && { code }),
    ...(stack && { stack: withoutSecrets(stack) }),
    ...(cause !== undefined && deeper && { cause: inner(cause) }),
    ...(Array.isArray(errors) && deeper && { errors: errors.slice(0, MOST).map(inner) }),
  };
}

/** An error and its causes in one line, the cause behind each `:`; or a text that says it. Without secrets. */
export function reasonOf(thrown: unknown): string {
  if (typeof thrown === 'string') return withoutSecrets(thrown);
  const line = ({ type, message, code, cause, errors = [] }: ErrorFields): string => {
    // Node's error for a name with several addresses has no message of its own.
    const own = message || (errors.length > 0 ? '' : `${code ?? type}`);
    const all = [own, errors.map(line).join('; '), cause ? line(cause) : ''];
    return all.filter((part) => part !== '').join(': ');
  };
  return line(errorFields(thrown));
}
