import { isIP } from 'node:net';
import { z } from 'zod';
import { strict } from '../../schema.ts';

/** Values of a policy. An empty value would match nothing. */
export const values = z.array(z.string().min(1, { error: 'must not be empty' }));

/** `checkout` (in the policy's own namespace) or `shop/checkout`; no wildcards. */
export const accounts = z
  .array(z.string().regex(/^[^*/]+(\/[^*/]+)?$/, { error: 'must be ACCOUNT or NAMESPACE/ACCOUNT, without "*"' }))
  .max(16, { error: 'must hold at most 16 accounts' });

/** Addresses and CIDR ranges: `10.1.2.3`, `10.1.0.0/16`. */
export const addresses = z.array(
  z.string().refine(isAddress, { error: 'must be an IP address or a range such as 10.1.0.0/16' }),
);

const fields = {
  principals: values.optional(),
  notPrincipals: values.optional(),
  requestPrincipals: values.optional(),
  notRequestPrincipals: values.optional(),
  namespaces: values.optional(),
  notNamespaces: values.optional(),
  serviceAccounts: accounts.optional(),
  notServiceAccounts: accounts.optional(),
  ipBlocks: addresses.optional(),
  notIpBlocks: addresses.optional(),
  remoteIpBlocks: addresses.optional(),
  notRemoteIpBlocks: addresses.optional(),
};

/** A kind of caller. All fields must match: one value of a field is enough; no value of a `not…` field may match. */
export const source = strict(fields)
  .refine((value) => some(...Object.values(value)), { error: 'must ask for something' })
  .refine(
    ({ serviceAccounts, notServiceAccounts, principals, notPrincipals, namespaces, notNamespaces }) =>
      !some(serviceAccounts, notServiceAccounts) || !some(principals, notPrincipals, namespaces, notNamespaces),
    { error: 'must not name both service accounts and namespaces or principals' },
  );

/** True if one of the lists has an entry. */
export function some(...lists: (readonly string[] | undefined)[]): boolean {
  return lists.some((list) => (list?.length ?? 0) > 0);
}

function isAddress(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  if (family === 0 || text.split('/').length > 2) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
