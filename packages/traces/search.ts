import { micros } from './duration.ts';
import type { Span } from './span.ts';

/** A query that Jaeger answers with 400; the message is worded like Jaeger's. */
export class BadQuery extends Error {
  override readonly name = 'BadQuery';
}

/** What a search asks for. */
export interface Search {
  limit: number;
  /** Whether a trace with this span is part of the result. */
  matches(span: Span): boolean;
}

const DEFAULT_LIMIT = 100;

/**
 * Reads the parameters of GET /api/traces as Jaeger's query_parser does: service, operation, limit, start and end (µs),
 * minDuration and maxDuration, tag=key:value, tags={"key":"value"}. Unlike in Jaeger, a missing `start` or `end` is no limit,
 * and `lookback` is used where `start` is missing; Jaeger's page sends both. Throws BadQuery.
 */
export function readSearch(query: URLSearchParams, now: () => number): Search {
  const service = query.get('service');
  if (!service) throw new BadQuery("parameter 'service' is required");
  const operation = query.get('operation');
  const lookback = duration(query, 'lookback');
  const start = whole(query, 'start') ?? (lookback === undefined ? 0 : now() * 1_000 - lookback);
  const end = whole(query, 'end') ?? Infinity;
  const [least, most] = [duration(query, 'minDuration') ?? 0, duration(query, 'maxDuration') ?? Infinity];
  if (most < least) throw new BadQuery("'maxDuration' should be greater than 'minDuration'");
  const tags = tagsOf(query);
  return {
    limit: whole(query, 'limit') ?? DEFAULT_LIMIT,
    matches: (span) =>
      span.service === service &&
      (!operation || span.name === operation) &&
      span.start >= start &&
      span.start <= end &&
      span.duration >= least &&
      span.duration <= most &&
      tags.every(([key, value]) => String(span.tags[key] ?? span.processTags[key]) === value),
  };
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  if (!/^\d{1,18}$/.test(text)) throw new BadQuery(`unable to parse param '${name}': "${text}" is not a whole number`);
  return Number(text);
}

function duration(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  const found = micros(text);
  if (found === undefined)
    throw new BadQuery(`unable to parse param '${name}': "${text}" is not a duration such as 1.5s`);
  return found;
}

function tagsOf(query: URLSearchParams): [string, string][] {
  const simple = query.getAll('tag').map((tag): [string, string] => {
    const [key, ...value] = tag.split(':');
    if (value.length === 0) throw new BadQuery(`malformed 'tag' parameter, expecting key:value, received: ${tag}`);
    return [key!, value.join(':')];
  });
  return [...simple, ...query.getAll('tags').filter(Boolean).flatMap(jsonTags)];
}

function jsonTags(text: string): [string, string][] {
  try {
    const tags = Object.entries(JSON.parse(text) as object);
    if (text.trimStart().startsWith('{') && tags.every(([, value]) => typeof value === 'string')) return tags;
  } catch {
    // The error below says it.
  }
  throw new BadQuery(`malformed 'tags' parameter, expecting a JSON object of strings, received: ${text}`);
}
