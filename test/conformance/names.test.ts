import { expect, test } from '@jest/globals';
import { ANNOTATIONS, LABELS } from '@tuesday/mesh/manifests';
import { readNames } from './names.ts';

const PLACES = ['Any', 'Pod', 'Namespace', 'Service', 'AuthorizationPolicy'];
/** Rows, or places of them, that Istio's list does not have, each with the place where Istio reads them. */
const MORE: Record<string, string> = {
  'label istio-injection': "the webhook's namespaceSelector (mutatingwebhook.yaml)",
  'label experimental.istio.io/disable-gateway-port-translation': 'pilot/pkg/model/gateway.go',
  'label istio.io/rev': 'objects of Istio too (pkg/config/model.go LabelsInRevision)',
};

/** The row of each of Istio's names, as text: its places, those of kinds that are not modelled as one. */
const rows = new Map([...ANNOTATIONS, ...LABELS].map((row) => [`${row.as} ${row.name}`, [...row.on].sort()]));

test('When Istio has a label or annotation, then a row says what it does here, for every place where Istio reads it', () => {
  const recorded = readNames();
  expect(recorded.length).toBeGreaterThan(80);
  const missing = recorded.flatMap(({ as, name, on }) => {
    const row = rows.get(`${as} ${name}`);
    const places = new Set(on.map((place) => (PLACES.includes(place) ? place : 'other')));
    const lacks = row?.includes('Any') ? [] : [...places].filter((place) => !row?.includes(place as never));
    return row === undefined || lacks.length > 0 ? [`${as} ${name}: ${lacks.join(', ')}`] : [];
  });
  expect(missing).toEqual([]);
});

test('When there is a row, then Istio has the name, and reads it at each place of the row', () => {
  const recorded = new Map(readNames().map(({ as, name, on }) => [`${as} ${name}`, on]));
  const wrong = [...rows].filter(([name, places]) => {
    const on = recorded.get(name)?.map((place) => (PLACES.includes(place) ? place : 'other'));
    return MORE[name] === undefined && !places.every((place) => place === 'Any' || on?.includes(place));
  });
  expect(wrong).toEqual([]);
});
