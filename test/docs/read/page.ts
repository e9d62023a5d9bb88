import MarkdownIt from 'markdown-it';
import { type Command, readCommands } from './commands.ts';
import { type Where, readWhere } from './where.ts';

/** Commands of a document, which its reader runs. */
export interface Block {
  /** Where it stands: `README.md:7`, or the help that shows it. */
  at: string;
  where: Where;
  commands: Command[];
  /** What the whole block must print: the text block right after it. */
  outcomes: string[];
}

/** A document: its blocks in order, and one sentence with file and line for each block that cannot be one. */
export interface Page {
  file: string;
  blocks: Block[];
  faults: string[];
}

/** Languages of a shell that are not the one that is run. */
const OTHER_SHELLS = ['bash', 'shell', 'zsh', 'console', 'shell-session', 'sh-session', 'shellsession', 'terminal'];
/** How a command begins in a block without a language. */
const COMMAND = /^(\$ |npm |npx |kubectl |node |git |docker |bash )/;

const markdown = new MarkdownIt();

/** Reads the blocks of one document. */
export function readPage(file: string, text: string): Page {
  const page: Page = { file, blocks: [], faults: [] };
  let last: Block | undefined;
  for (const token of markdown.parse(text, {})) {
    const block = last;
    last = undefined;
    if (token.type !== 'fence') continue;
    const line = token.map![0] + 1;
    const [language = '', info = ''] = /^(\S*)\s*(.*)$/.exec(token.info)!.slice(1);
    const fault = (what: string) => page.faults.push(`${file}:${line}: ${what}.`);
    if (language === 'text' && block !== undefined) block.outcomes.push(token.content);
    else if (language === 'sh')
      try {
        last = { at: `${file}:${line}`, where: readWhere(info), commands: [], outcomes: [] };
        last.commands.push(...readCommands(token.content, line + 1));
        page.blocks.push(last);
      } catch (error) {
        fault((error as Error).message);
      }
    else if (OTHER_SHELLS.includes(language))
      fault(`a block of ${language} is not run. Write sh and its place instead`);
    else if (language === '' && COMMAND.test(token.content))
      fault('this block has commands and no language. Write sh and its place');
  }
  return page;
}
