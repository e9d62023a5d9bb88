import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import type { Terminal } from '../terminal.ts';

/** What a tool says when it is asked: `*` in the question stands for anything. Several answers are given in turn, the last one for ever. */
export interface Answer {
  tool: string;
  question: string;
  says: (string | object)[];
  /** On standard error. */
  complains?: string;
  code?: number;
}

/** Short for an answer of kubectl. */
export function kubectl(question: string, ...says: (string | object)[]): Answer {
  return { tool: 'kubectl', question, says };
}

export interface Ran {
  code: number;
  out: string;
  err: string;
  /** Every question, with the tool's name, in order. */
  asked: string[];
  /** What the tools were given on standard input. */
  given: string;
}

/**
 * Does something with a PATH that holds only tools that answer from `answers`, the first that fits; a question that
 * fits none ends with 99. Tools of which no answer speaks are not there. Time passes at once. `act` may give an exit code;
 * without one it is 0, and 1 after a Failure, which is printed.
 */
export async function withTools(
  answers: readonly Answer[],
  act: (terminal: Terminal) => Promise<number | void>,
): Promise<Ran> {
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
    return { code, ...text, asked: read(folder, 'asked').split('\n').slice(0, -1), given: read(folder, 'given') };
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
  const cases = answers.flatMap(({ tool: of, question, says, complains = '', code = 0 }, index) => {
    if (of !== tool) return [];
    const files = says.map((said, turn) => {
      const name = join(folder, `${index}.${turn}`);
      writeFileSync(name, typeof said === 'string' ? said : JSON.stringify(said));
      return name;
    });
    writeFileSync(join(folder, `${index}.err`), complains);
    const pattern = question.split('*').map((part) => (part === '' ? '' : `'${part}'`));
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
    `echo "${tool} $*" >> ${folder}/asked`,
    `/bin/cat >> ${folder}/given`,
    'case "$*" in',
    ...cases,
    'esac',
    `echo "fake ${tool}: nobody wrote down what to say to: $*" >&2; exit 99`,
  ];
  writeFileSync(join(folder, tool), `${script.join('\n')}\n`);
  chmodSync(join(folder, tool), 0o755);
}
