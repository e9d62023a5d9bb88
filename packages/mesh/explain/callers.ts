import { type Because, BY_DEFAULT } from '../model/because.ts';
import type { Condition, Operation, Policy, PolicyRule, Source } from '../model/security/policy.ts';

/** One rule as text: its callers, the requests that it allows or denies, and the object with its line. */
export interface Caller {
  action: Policy['action'];
  /** True: it is only tried; nothing is allowed or denied by it. */
  dryRun: boolean;
  /** `storefront, checkout`, or `all callers`. */
  who: string;
  /** `GET /recommendations`; '' for all requests. */
  what: string;
  /** Its number in the policy, from 0. */
  rule: number;
  because: Because;
}

/** Whether callers that match no rule are allowed. */
export interface OtherCallers {
  allowed: boolean;
  because: Because;
}

/** The rules of a workload as text, DENY before ALLOW, as Istio evaluates them. */
export function callersOf(policies: readonly Policy[]): Caller[] {
  return (['DENY', 'ALLOW'] as const).flatMap((action) =>
    policies
      .filter((policy) => policy.action === action)
      .flatMap((policy) =>
        policy.rules.map((rule, index) => ({
          action,
          dryRun: policy.dryRun,
          who: sourcesText(rule),
          what: requestsText(rule),
          rule: index,
          because: { ...rule.because, object: policy.because.object },
        })),
      ),
  );
}

/**
 * Whether other callers are allowed, and the object that decides it. Without an ALLOW policy they are allowed. With ALLOW
 * policies they are denied: because of the policy without rules if there is one, else of the first. Undefined if a rule
 * allows every request of all callers. Policies that are only tried do not count. Source: istio.io, Authorization Policy, implicit enablement.
 */
export function otherCallersOf(policies: readonly Policy[]): OtherCallers | undefined {
  const allowing = policies.filter(({ action, dryRun }) => action === 'ALLOW' && !dryRun);
  if (allowing.some(({ rules }) => rules.some(matchesAll))) return undefined;
  const named = allowing.find(({ rules }) => rules.length === 0) ?? allowing[0];
  return named === undefined ? { allowed: true, because: BY_DEFAULT } : { allowed: false, because: named.because };
}

function matchesAll({ from, to, when }: PolicyRule): boolean {
  return from.length + to.length + when.length === 0;
}

function sourcesText({ from }: PolicyRule): string {
  return from.length === 0 ? 'all callers' : from.map(sourceText).join(', or ');
}

function sourceText(source: Source): string {
  const { serviceAccounts, principals, namespaces, notServiceAccounts, notPrincipals, notNamespaces } = source;
  const { requestPrincipals, notRequestPrincipals } = source;
  const parts = [
    listText('', serviceAccounts),
    listText('', principals),
    listText('namespace ', namespaces),
    listText('with a token of ', requestPrincipals?.map(anyone)),
    listText('not ', notServiceAccounts),
    listText('not ', notPrincipals),
    listText('not of namespace ', notNamespaces),
    listText('without a token of ', notRequestPrincipals?.map(anyone)),
  ];
  return parts.filter(Boolean).join(', ') || 'all callers';
}

/** Every token has an issuer and a subject. */
const anyone = (principal: string) => (principal === '*' ? 'anyone' : principal);

function requestsText({ to, when }: PolicyRule): string {
  const operations = to.map(operationText).filter(Boolean).join('; ');
  return [operations, ...when.map(conditionText)].filter(Boolean).join(' ');
}

function operationText({ methods, paths, hosts, ports, ...not }: Operation): string {
  const parts = [
    methods?.join('|'),
    paths?.join(', '),
    listText('host ', hosts),
    listText('port ', ports),
    listText('not ', not.notMethods),
    listText('not ', not.notPaths),
    listText('not host ', not.notHosts),
    listText('not port ', not.notPorts),
  ];
  return parts.filter(Boolean).join(' ');
}

function conditionText({ key, values, notValues }: Condition): string {
  const parts = [listText(`when ${key} is `, values), listText(`when ${key} is not `, notValues)];
  return parts.filter(Boolean).join(' ');
}

function listText(before: string, values: readonly string[] = []): string {
  return values.length === 0 ? '' : `${before}${values.join(', ')}`;
}
