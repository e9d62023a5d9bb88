import { compareViews, type Difference } from '../compare.ts';
import { EXPLAINED, createExplainer, appCluster } from '../explained.ts';
import { generate } from '../generate.ts';
import { translated } from '../ours.ts';
import { inboundPorts, viewOfIstio, viewOfOurs } from '../view.ts';
import { caseOf, readFile } from './case.ts';
import { istioFiles, moduleFolder } from './files.ts';

/**
 * RECORDER=PATH node test/conformance/istio-files/main.ts [WORD…]: compares our configuration with Istio's for each of Istio's own files
 * that is taken (with words: whose path contains one of them), and ends with 1 if a field differs without an explanation.
 */
const recorder = process.env['RECORDER'];
const folder = moduleFolder();
if (recorder === undefined || folder === undefined) {
  const what = recorder === undefined ? 'RECORDER is not set' : 'Go does not have the module istio.io/istio here';
  console.error(`${what} (test/conformance/README.md).`);
  process.exit(64);
}

/** The rule of a policy in which a difference is; its whole path where it is in none. */
const ruleOf = (path: string) => /^.*-rule\[\d+\]/.exec(path)?.[0] ?? path;
/** Here all callers have one address: a rule that names addresses differs (docs/fidelity.md). */
const namesAddress = ({ istio }: Difference) => /remote_ip/.test(JSON.stringify(istio) ?? '');

const words = process.argv.slice(2);
const sum = { files: 0, taken: 0, proxies: 0, fields: 0, unexplained: 0 };
for (const file of istioFiles(folder)) {
  if (words.length > 0 && !words.some((word) => file.name.includes(word))) continue;
  sum.files++;
  const resources = readFile(file);
  if (typeof resources === 'string') continue;
  sum.taken++;
  const one = caseOf(file, resources);
  const recorded = generate(recorder, one);
  for (const [pod, kinds] of translated(one)) {
    const ours = viewOfOurs(kinds);
    const ports = inboundPorts(ours);
    const istio = recorded[pod];
    const { explains } = createExplainer([
      ...EXPLAINED,
      ...ports.flatMap((port) => appCluster(`inbound|${port}||`, ['cleanup_interval', 'common_lb_config'])),
    ]);
    const { fields, differences } = istio
      ? compareViews(viewOfIstio(istio, ports), ours)
      : { fields: 1, differences: [{ path: '', istio: 'no proxy', ours: 'a proxy' }] };
    const addressed = new Set(differences.filter(namesAddress).map(({ path }) => ruleOf(path)));
    const left = differences.filter((one) => !explains(one) && !addressed.has(ruleOf(one.path)));
    for (const { path, istio: theirs, ours: own } of left)
      console.log(
        `${file.name} ${pod} ${path}: ${JSON.stringify(theirs)?.slice(0, 90)} in Istio, ${JSON.stringify(own)?.slice(0, 90)} here`,
      );
    sum.proxies++;
    sum.fields += fields;
    sum.unexplained += left.length;
  }
}
console.log(
  Object.entries(sum)
    .map(([what, count]) => `${count} ${what}`)
    .join(', '),
);
process.exitCode = sum.unexplained > 0 ? 1 : 0;
