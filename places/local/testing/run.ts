import { startRunner } from '../start.ts';
import { STUB_IMAGES } from './images.ts';

// A runner in a process of its own, which tests may kill: node run.ts OVERLAY STATE PORT [ENVOY]
const [overlay = '', state = '', port = '', envoy] = process.argv.slice(2);
await startRunner({
  overlay,
  state,
  port: Number(port),
  namespace: 'shop',
  onProgress: () => undefined,
  images: STUB_IMAGES,
  envoy,
});
process.stdout.write('ready\n');
