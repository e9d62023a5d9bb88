/**
 * npm run new:service -- NAME [--caller CALLER]: writes a service with its manifests, policy, contract and tests, and adds
 * it to every list that cannot read a folder. CONTRIBUTING.md, "Add a service", says what comes next.
 */
import { parseArgs } from 'node:util';
import { SetupError } from '../trouble/trouble.mjs';
import { newService } from './new-service.mjs';
import { ROOT } from '../ready.mjs';

const HELP = `Usage: npm run new:service -- NAME [--caller CALLER]

Writes a service that answers GET /items, and adds it to the manifests and the lists of images.
The git tree must be clean, so that git can undo it.

  --caller CALLER  the workload that may call it (default: storefront)

Example:
  npm run new:service -- gifts --caller checkout`;

try {
  const options = /** @type {const} */ ({
    caller: { type: 'string', default: 'storefront' },
    help: { type: 'boolean' },
  });
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [name, ...more] = positionals;
  if (values.help) console.log(HELP);
  else if (name === undefined || more.length > 0) throw new SetupError(HELP);
  else {
    for (const file of newService(ROOT, { name, caller: values.caller })) console.log(`  ${file}`);
    console.log(`
npm start runs it, and ${values.caller} may ask http://${name}/items. Next: CONTRIBUTING.md, "Add a service".
To take it away:  git checkout . && git clean -fdq services k8s istio && rm node_modules/@tuesday/${name}`);
  }
} catch (error) {
  const isUsage = error instanceof Error && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS');
  if (!isUsage && !(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
