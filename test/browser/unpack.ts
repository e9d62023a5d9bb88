// Unpacks the Chromium of @sparticuz/chromium into TMPDIR, where its `inflate` puts everything: hence a process of its own.
import { inflate } from '@sparticuz/chromium';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((packed) => inflate(bin + packed)));
