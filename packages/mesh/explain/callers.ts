import { type Because, BY_DEFAULT } from '../model/because.ts';
import type { Condition, Operation, Policy, PolicyRule, Source } from '../model/security/policy.ts';

/** The callers that one rule is about, what it allows or denies them, and the object with its line. */
export interface Caller {
  action: Policy['action'];
  /** `storefront, checkout`, or `anybody`. */
  who: string;
  /** `GET /recommendations`; '' for everything. */
  what: string;
  /** Its number in the policy, from 0. */
  rule: number;
  because: Because;
}

/** What holds for callers that no rule is about. */
export interface Otherwise {
  allowed: boolean;
  because: Because;
}

/** The rules that hold for a workload, in words: DENY first, because Istio evaluates it first. */
export function callersOf(policies: readonly Policy[]): Caller[] {
  return (['DENY', 'ALLOW'] as const).flatMap((action) =>
    policies
      .filter((policy) => policy.action === action)
      .flatMap((policy) =>
        policy.rules.map((rule, index) => ({
          action,
          who: whoOf(rule),
          what: whatOf(rule),
          rule: index,
          because: { ...rule.because, object: policy.because.object },
        })),
      ),
  );
}

/**
 * What holds for all other callers, and which object decides it. Without an ALLOW policy they are allowed; with one, a
 * caller that no rule allows is denied, and a policy without rules is named first, because it says exactly that. Undefined
 * where one rule allows everything to all callers. Source: istio.io, Authorization Policy, implicit enablement.
 */
export function otherwiseOf(policies: readonly Policy[]): Otherwise | undefined {
  const allowing = policies.filter(({ action }) => action === 'ALLOW');
  if (allowing.some(({ rules }) => rules.some(asksNothing))) return undefined;
  const named = allowing.find(({ rules }) => rules.length === 0) ?? allowing[0];
  return named === undefined ? { allowed: true, because: BY_DEFAULT } : { allowed: false, because: named.because };
}

function asksNothing({ from, to, when }: PolicyRule): boolean {
  return from.length + to.length + when.length === 0;
}

function whoOf({ from }: PolicyRule): string {
  return from.length === 0 ? 'anybody' : from.map(sourceText).join(', or ');
}

function sourceText(source: Source): string {
  const { serviceAccounts, principals, namespaces, notServiceAccounts, notPrincipals, notNamespaces } = source;
  const parts = [
    listed('', serviceAccounts),
    listed('', principals),
    listed('namespace ', namespaces),
    listed('not ', notServiceAccounts),
    listed('not ', notPrincipals),
    listed('not of namespace ', notNamespaces),
  ];
  return parts.filter(Boolean).join(', ') || 'anybody';
}

function whatOf({ to, when }: PolicyRule): string {
  const operations = to.map(operationText).filter(Boolean).join('; ');
  return [operations, ...when.map(conditionText)].filter(Boolean).join(' ');
}

function operationText({ methods, paths, hosts, ports, ...not }: Operation): string {
  const parts = [
    methods?.join('|'),
    paths?.join(', '),
    listed('host ', hosts),
    listed('port ', ports),
    listed('not ', not.notMethods),
    listed('not ', not.notPaths),
    listed('not host ', not.notHosts),
    listed('not port ', not.notPorts),
  ];
  return parts.filter(Boolean).join(' ');
}

function conditionText({ key, values, notValues }: Condition): string {
  const parts = [listed(`when ${key} is `, values), listed(`when ${key} is not `, notValues)];
  return parts.filter(Boolean).join(' ');
}

function listed(before: string, values: readonly string[] = []): string {
  return values.length === 0 ? '' : `${before}${values.join(', ')}`;
}
