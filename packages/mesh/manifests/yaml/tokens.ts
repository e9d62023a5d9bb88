import { type CST, Lexer, Parser } from 'yaml';
import { MOST_BYTES, MOST_DOCUMENTS, MOST_LEVELS, MOST_TOKENS, TOO_LARGE } from './limits.ts';

/** Throws ManifestError for what begins at an offset of the text; `what` is the end of the sentence. */
export type Fail = (offset: number, what: string) => never;

/** What go-yaml does not take as text: readerc.go, yaml_parser_update_buffer. */
const CONTROL = /[^\t\n\r\u{20}-\u{7e}\u{85}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Calls `fail` for a text that is too large, or has control characters. */
export function checkText(text: string, fail: Fail): void {
  if (Buffer.byteLength(text) > MOST_BYTES) fail(0, TOO_LARGE);
  const { 0: character = '', index = 0 } = CONTROL.exec(text) ?? {};
  if (character === '') return;
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  fail(index, `has the control character U+${code}, which can only be written as an escape in double quotes`);
}

/**
 * The tokens of YAML, one document after the other. Calls `fail` as soon as there are too many, or too many levels of them, and
 * reads no further.
 */
export function* tokensOf(text: string, fail: Fail): Generator<CST.Token> {
  const parser = new Parser();
  let tokens = 0;
  let documents = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) fail(parser.offset, `has more than ${MOST_TOKENS} names, values and signs`);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document' && ++documents > MOST_DOCUMENTS)
        fail(token.offset, `has more than ${MOST_DOCUMENTS} documents`);
      yield token;
    }
    if (parser.stack.length > MOST_LEVELS)
      fail(parser.offset, `has more than ${MOST_LEVELS} levels of lists and mappings`);
  }
  yield* parser.end();
}
