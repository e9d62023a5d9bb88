// Unpacks the Chromium of @sparticuz/chromium into TMPDIR, the only place that its `inflate` can use: so it is a process of its own.
import { inflate } from '@sparticuz/chromium';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((packed) => inflate(bin + packed)));
