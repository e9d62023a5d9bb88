import { examplesOf } from '../../../cli/examples.ts';
import { createProgram } from '../../../cli/program.ts';
import { stringCli } from '../../../cli/testing/run-cli.ts';
import { ROOT } from '../../../places/repository.ts';
import { readCommands } from './commands.ts';
import type { Page } from './page.ts';
import { notRunBy } from './pages.ts';
import { readWhere } from './where.ts';

type Command = ReturnType<typeof createProgram>;

/**
 * Reads the examples of every `--help` of npx tuesday: one document for each command, one block for each example. An example
 * of two commands belongs to the first. One that is a command of `pages` too is not run again.
 */
export function readHelps(pages: readonly Page[]): Page[] {
  const cli = stringCli({ state: '/nowhere' });
  const program = createProgram(cli, () => Promise.reject(new Error('the reader of examples starts no shop')));
  const seen = new Set<string>();
  const elsewhere = commandsOf(pages);
  return every(program)
    .map((command) => readHelp(command, seen, elsewhere))
    .filter(({ blocks, faults }) => blocks.length + faults.length > 0);
}

function every(command: Command): Command[] {
  return [command, ...command.commands.flatMap(every)];
}

/** The commands that documents run on a laptop, without their comments, and where each stands. */
function commandsOf(pages: readonly Page[]): Map<string, string> {
  const blocks = pages.flatMap((page) => page.blocks.map((block) => ({ ...block, file: page.file })));
  return new Map(
    blocks
      .filter(({ where }) => 'place' in where && where.place === 'laptop')
      .flatMap(({ file, commands }) => commands.map(({ text, line }) => [bare(text), `${file}:${line}`] as const)),
  );
}

const bare = (text: string) => text.replace(/\s+#.*$/, '');

function readHelp(command: Command, seen: Set<string>, elsewhere: Map<string, string>): Page {
  const file = `npx ${pathOf(command)} --help`;
  const page: Page = { file, blocks: [], faults: [] };
  for (const [line, , where = ''] of examplesOf(command)) {
    if (seen.has(line)) continue;
    seen.add(line);
    const at = `${file}: \`${line}\``;
    try {
      const ran = elsewhere.get(line);
      page.blocks.push({
        at,
        where: ran === undefined ? readWhere(where) : { notRun: `${ran} runs it` },
        commands: readCommands(line, 1),
        outcomes: [],
      });
    } catch (error) {
      page.faults.push(`${at}: ${(error as Error).message}.`);
    }
  }
  page.faults.push(...notRunBy(page, ROOT));
  return page;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
