/** One command of a block. */
export interface Command {
  /** The line of its file, from 1. */
  line: number;
  /** As bash reads it: of several lines where one ends with a backslash, inside quotes, or with a here-document. */
  text: string;
  /** What it must print, from its comments. */
  outcomes: string[];
}

/** Reads the commands of a block. `firstLine` is the line of its file on which the text begins. */
export function readCommands(text: string, firstLine: number): Command[] {
  const commands: Command[] = [];
  const lines = text.replace(/\n$/, '').split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.trim() === '') continue;
    if (/^\s*#/.test(line)) {
      commands.at(-1)?.outcomes.push(...outcomesIn(line));
      continue;
    }
    const command: Command = { line: firstLine + index, text: line, outcomes: [] };
    const scan: Scan = { quote: '', documents: [] };
    for (let current = line; ;) {
      const { comment, goesOn } = scanLine(current, scan);
      command.outcomes.push(...outcomesIn(comment));
      for (let end = scan.documents.shift(); end !== undefined; end = scan.documents.shift())
        do command.text += `\n${lines[++index] ?? end}`;
        while (index < lines.length - 1 && lines[index]!.replace(/^\t+/, '') !== end);
      if (!goesOn || index + 1 >= lines.length) break;
      current = lines[++index]!;
      command.text += `\n${current}`;
    }
    commands.push(command);
  }
  return commands;
}

/** `→ …` of a comment. */
function outcomesIn(comment: string): string[] {
  const [, outcome] = /→\s*(.*\S)/.exec(comment) ?? [];
  return outcome === undefined ? [] : [outcome];
}

/** The open quote, and the ends of the here-documents that begin after this line. */
interface Scan {
  quote: string;
  documents: string[];
}

/** Reads one line in bash's own way as far as needed: quotes, comments, here-documents, a backslash at the end. */
function scanLine(line: string, scan: Scan): { comment: string; goesOn: boolean } {
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === '\\' && scan.quote !== "'") {
      if (at === line.length - 1) return { comment: '', goesOn: true };
      at++;
    } else if (scan.quote !== '') {
      if (character === scan.quote) scan.quote = '';
    } else if (character === "'" || character === '"') {
      scan.quote = character;
    } else if (character === '#' && /^$|\s$/.test(line.slice(0, at))) {
      return { comment: line.slice(at), goesOn: false };
    } else if (line.startsWith('<<', at)) {
      const [whole = '<<', end] = /^<<-?\s*['"]?(\w+)['"]?/.exec(line.slice(at)) ?? [];
      if (end !== undefined) scan.documents.push(end);
      at += line.startsWith('<<<', at) ? 2 : whole.length - 1;
    }
  }
  return { comment: '', goesOn: scan.quote !== '' };
}
