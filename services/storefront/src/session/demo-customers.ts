import { z } from 'zod';

/** The roles of each demo customer, by name. */
export type DemoCustomers = ReadonlyMap<string, readonly string[]>;

/** `ada=admin,bob`: customers whom everybody may become, with their roles. Empty: there are none. */
export const demoCustomersSchema = z
  .string()
  .default('')
  .pipe(z.string().regex(/^(?:[a-z][a-z0-9-]*(?:=[a-z]+)*(?:,(?!$)|$))*$/, 'must read like ada=admin,bob'))
  .transform((text): DemoCustomers => {
    const customers = text.split(',').filter((customer) => customer !== '');
    return new Map(customers.map((customer) => customer.split('=')).map(([name = '', ...roles]) => [name, roles]));
  });
