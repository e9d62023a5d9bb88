import type { Condition } from '../../model/security/policy.ts';
import { attribute, type Attribute } from './attribute.ts';
import { portMatch, sniMatch } from './permissions.ts';
import { accountMatch, namespaceMatch, principalMatch } from './principals.ts';
import { headerMatch } from './text.ts';

/** A rule's `when`, by the side on which Envoy asks it: what is done, or who asks. */
export interface Conditions {
  permissions: Attribute[];
  principals: Attribute[];
}

interface Context {
  namespace: string;
  port(written: number): number;
}

/** Sorts conditions by side. A key that cannot be seen here is kept, and never holds: see `Seen`. */
export function sortConditions(conditions: readonly Condition[], { namespace, port }: Context): Conditions {
  const sorted: Conditions = { permissions: [], principals: [] };
  for (const { key, values, notValues } of conditions) {
    const asked: [string[], string[]] = [values, notValues];
    const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
    if (header !== undefined) {
      sorted.principals.push(attribute(asked, (value) => headerMatch(header, value), 'http'));
    } else if (key === 'source.principal') sorted.principals.push(attribute(asked, principalMatch));
    else if (key === 'source.namespace') sorted.principals.push(attribute(asked, namespaceMatch));
    else if (key === 'source.serviceAccount') {
      sorted.principals.push(attribute(asked, (value) => accountMatch(value, namespace)));
    } else if (key === 'destination.port') {
      sorted.permissions.push(attribute(asked, (value) => portMatch(value, port)));
    } else if (key === 'connection.sni') sorted.permissions.push(attribute(asked, sniMatch));
    else sorted.permissions.push(attribute(asked, () => ({}), 'never'));
  }
  return sorted;
}
