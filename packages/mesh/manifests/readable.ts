/** What a terminal would obey, or not show: control characters, marks of direction, line ends of Unicode, halves of characters. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** The texts in quotes, and the other words. */
const PARTS = /"[^"]*"|[^\s"]+/g;

/** Of a part, in characters: a longer one is cut off. A path may be as long. */
const MOST_OF_PART = 240;

/** The most of a whole sentence, in characters: several screens. */
const MOST = 2000;

/** A sentence about a file, with only the beginning of what it quotes at length. */
export function shortened(sentence: string): string {
  const short = sentence.replace(PARTS, (part) => {
    const end = part.startsWith('"') ? '…"' : '…';
    return part.length > MOST_OF_PART ? `${part.slice(0, MOST_OF_PART / 3)}${end}` : part;
  });
  return short.length > MOST ? `${short.slice(0, MOST)}…` : short;
}

/** A text for a terminal, with escapes in place of what would not be seen there. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 ? JSON.stringify(character).slice(1, -1) : String.raw`\u{${code.toString(16)}}`;
  });
}
