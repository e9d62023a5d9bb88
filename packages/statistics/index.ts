export { agrees, binomial, centralRange, FALSE_ALARM, type Draws, type Range, within } from './binomial.ts';
export { drawsToTell, missingDraws } from './power.ts';
