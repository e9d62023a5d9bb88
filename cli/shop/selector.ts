import { Failure } from '../../places/failure.ts';

type Test = (labels: Record<string, string>) => boolean;

/**
 * Reads kubectl's label selector: `app=billing,version!=v2`, `track in (a,b)`, `app notin (x)`, `app`, `!app`.
 * Throws Failure for anything else.
 */
export function parseSelector(text: string): Test {
  const tests = text
    .split(/,(?![^(]*\))/)
    .filter((part) => part.trim() !== '')
    .map((part) => parsePart(part.trim()));
  return (labels) => tests.every((test) => test(labels));
}

function parsePart(part: string): Test {
  const [, key = '', operator = '', value = ''] =
    /^([\w./-]+)\s*(==|=|!=|\bin\b|\bnotin\b)\s*(\([^)]*\)|[\w.-]*)$/.exec(part) ?? [];
  const isSet = operator === 'in' || operator === 'notin';
  if (isSet && value.startsWith('(')) {
    const values = value
      .replace(/^\(|\)$/g, '')
      .split(',')
      .map((one) => one.trim());
    return (labels) => values.includes(labels[key] ?? '\0') === (operator === 'in');
  }
  if (!isSet && operator !== '' && !value.startsWith('('))
    return (labels) => (labels[key] === value) === (operator !== '!=');
  const [, not, name] = /^(!?)\s*([\w./-]+)$/.exec(part) ?? [];
  if (name === undefined)
    throw new Failure(`error: unable to parse the selector "${part}", try: -l app=billing,version=v2`);
  return (labels) => name in labels === (not === '');
}
