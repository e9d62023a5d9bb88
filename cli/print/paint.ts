import { styleText } from 'node:util';

/** The colours and weights in use. */
export type TextStyle = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
/** Colours a text. */
export type Paint = (shade: TextStyle, text: string) => string;

/** Colours text, or gives it back as it is where colours are off. */
export function createPaint(color: boolean): Paint {
  return (shade, text) => (color ? styleText(shade, text, { validateStream: false }) : text);
}
