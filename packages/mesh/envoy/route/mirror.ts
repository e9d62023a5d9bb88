import type { Forward } from '../../model/routing/route.ts';
import { outboundName } from '../names.ts';
import { perMillion } from '../percent.ts';

type Mirror = Forward['mirrors'][number];

/** A share of the requests sent to somebody else as well; nobody waits for that answer, and no span tells of it. */
export function mirrorPolicy({ destination, percentage }: Mirror): object {
  return {
    cluster: outboundName(destination),
    runtime_fraction: { default_value: percentage === 100 ? { numerator: 100 } : perMillion(percentage) },
    trace_sampled: false,
    disable_shadow_host_suffix_append: true,
  };
}
