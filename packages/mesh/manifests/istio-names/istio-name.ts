/** The objects at which Istio reads a name. `Pod` is the template of a Deployment's or StatefulSet's pods; `Any` is every object. */
export type Place = 'Any' | 'Pod' | 'Namespace' | 'Service' | 'AuthorizationPolicy' | 'Config' | 'other';

/** What an annotation or label of Istio's does here. */
export interface IstioName {
  name: string;
  as: 'annotation' | 'label';
  /** `Config` is one of Istio's own kinds; `other` is a kind that is not modelled, such as Gateway API's or a WorkloadEntry. */
  on: readonly Place[];
  /**
   * `modelled`: it means what it means in a cluster. `no effect`: it steers no traffic there either. `warned`: it does
   * something in a cluster that it does not do here. `refused`: an object with it is not taken.
   */
  treatment: 'modelled' | 'no effect' | 'warned' | 'refused';
  /** What it decides (modelled), why it steers no traffic (no effect), or what a cluster would do (warned, refused). */
  what: string;
  /** Values with which a cluster does nothing either, so that there is no warning and no refusal. */
  harmless?: RegExp;
}

/** Makes the rows of one table. */
export const rowsOf =
  (as: IstioName['as']) =>
  (
    treatment: IstioName['treatment'],
    on: readonly Place[],
    rows: Readonly<Record<string, string | [string, RegExp]>>,
  ) =>
    Object.entries(rows).map(([name, written]): IstioName => {
      const [what, harmless] = typeof written === 'string' ? [written] : written;
      return { name, as, on, treatment, what, ...(harmless && { harmless }) };
    });
