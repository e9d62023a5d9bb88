import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import type { Terminal } from '../terminal.ts';

/** What a tool prints for a command line: `*` in `args` stands for anything. Of several outputs each call gets the next one, the last one is repeated. */
export interface Answer {
  tool: string;
  args: string;
  outputs: (string | object)[];
  stderr?: string;
  code?: number;
}

/** Short for an answer of kubectl. */
export function kubectl(args: string, ...outputs: (string | object)[]): Answer {
  return { tool: 'kubectl', args, outputs };
}

export interface ToolsResult {
  code: number;
  out: string;
  err: string;
  /** Every command line, with the tool's name, in order. */
  calls: string[];
  /** What the tools got on standard input. */
  stdin: string;
}

/**
 * Runs `act` with a PATH that holds only fake tools, those of `answers`. The first answer that fits a command line is
 * used; a command line that fits none exits with 99. The clock advances at once. `act` may give an exit code; without one
 * it is 0, and 1 after a Failure, which is printed.
 */
export async function withTools(
  answers: readonly Answer[],
  act: (terminal: Terminal) => Promise<number | void>,
): Promise<ToolsResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-tools-'));
  try {
    for (const tool of new Set(answers.map((one) => one.tool))) install(folder, tool, answers);
    const text = { out: '', err: '' };
    let now = 0;
    const terminal: Terminal = {
      env: { PATH: folder },
      out: (part) => void (text.out += part),
      err: (part) => void (text.err += part),
      now: () => now,
      sleep: async (ms) => void (now += ms),
    };
    const code = await codeOf(act, terminal);
    return { code, ...text, calls: read(folder, 'calls').split('\n').slice(0, -1), stdin: read(folder, 'stdin') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function codeOf(act: (terminal: Terminal) => Promise<number | void>, terminal: Terminal): Promise<number> {
  try {
    return (await act(terminal)) ?? 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    terminal.err(`${error.message}\nMend it: ${error.mend}\n`);
    return 1;
  }
}

function read(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
  }
}

/** A shell script needs no start of Node; it has no PATH of its own, so it names what it uses. */
function install(folder: string, tool: string, answers: readonly Answer[]): void {
  const cases = answers.flatMap(({ tool: of, args, outputs, stderr = '', code = 0 }, index) => {
    if (of !== tool) return [];
    const files = outputs.map((output, turn) => {
      const name = join(folder, `${index}.${turn}`);
      writeFileSync(name, typeof output === 'string' ? output : JSON.stringify(output));
      return name;
    });
    writeFileSync(join(folder, `${index}.err`), stderr);
    const pattern = args.split('*').map((part) => (part === '' ? '' : `'${part}'`));
    return [
      `${pattern.join('*')})`,
      `  turn=$(/bin/cat ${folder}/${index}.turn 2>/dev/null || echo 0)`,
      `  echo $((turn + 1)) > ${folder}/${index}.turn`,
      `  last=${files.length - 1}; [ $turn -gt $last ] && turn=$last`,
      ...(files.length === 0 ? [] : [`  /bin/cat ${folder}/${index}.$turn`]),
      `  /bin/cat ${folder}/${index}.err >&2; exit ${code};;`,
    ];
  });
  const script = [
    '#!/bin/sh',
    `echo "${tool} $*" >> ${folder}/calls`,
    `/bin/cat >> ${folder}/stdin`,
    'case "$*" in',
    ...cases,
    'esac',
    `echo "fake ${tool}: no answer is prepared for: $*" >&2; exit 99`,
  ];
  writeFileSync(join(folder, tool), `${script.join('\n')}\n`);
  chmodSync(join(folder, tool), 0o755);
}
