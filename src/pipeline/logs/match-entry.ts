/**
 * Whether an entry matches, decided on its bytes: most entries are only counted, and making text of each would take
 * most of the time. What is written in another form than our own is left to the parser.
 */
import { STEP_OF_LOGGER } from './log-entry.ts';
import type { LogFilter } from './log-query.ts';

/** Null: only parsing the entry can tell. */
export type EntryMatcher = (bytes: Uint8Array, start: number, end: number) => boolean | null;

const TIME = 'dddd-dd-dd dd:dd:dd';
const DIGITS = [...TIME].flatMap((sign, at) => (sign === 'd' ? [at] : []));
const SIGNS = [...TIME].flatMap((sign, at) => (sign === 'd' ? [] : [[at, sign.charCodeAt(0)] as const]));
const SPACE = 32;
const COLON = 58;
const OPEN = 91;
const CLOSE = 93;

/** Gives what parsing gives, for `YYYY-MM-DD HH:MM:SS [LEVEL] LOGGER: message`. */
export function createMatcher(filter: LogFilter): EntryMatcher {
  const { from, to, level, logger, step, keyword } = filter;
  if (Object.values(filter).every((value) => value === null)) return () => true;
  // The message ends before its last blanks, which bytes alone do not show.
  if (keyword !== null && keyword !== keyword.trimEnd()) return () => null;
  const wanted = {
    from: from === null ? null : Buffer.from(from),
    to: to === null ? null : Buffer.from(to),
    level: level === null ? null : Buffer.from(level),
    logger: logger === null ? null : Buffer.from(logger),
    keyword: keyword === null || keyword === '' ? null : Buffer.from(keyword),
  };
  const loggers = Object.keys(STEP_OF_LOGGER)
    .filter((name) => STEP_OF_LOGGER[name] === step)
    .map((name) => Buffer.from(name));

  return (bytes, start, end) => {
    if (end - start < TIME.length + 5 || !isTime(bytes, start)) return null;
    const levelFrom = start + TIME.length + 2;
    if (bytes[levelFrom - 2] !== SPACE || bytes[levelFrom - 1] !== OPEN) return null;
    let at = levelFrom;
    while (at < end && bytes[at]! >= 65 && bytes[at]! <= 90) at += 1;
    if (at === levelFrom || bytes[at] !== CLOSE || bytes[at + 1] !== SPACE) return null;
    const levelTo = at;
    const loggerFrom = at + 2;
    if (bytes[loggerFrom] === OPEN) return null;
    at = loggerFrom;
    while (at < end && bytes[at]! > SPACE && bytes[at]! < 127 && bytes[at] !== COLON) at += 1;
    if (at === loggerFrom || bytes[at] !== COLON || bytes[at + 1] !== SPACE || at + 2 > end) return null;
    const message = at + 2;
    if (step !== null) {
      // A message may begin with the name of another step.
      if (bytes[message] === OPEN) return null;
      if (!loggers.some((name) => isText(bytes, loggerFrom, at, name))) return false;
    }
    if (wanted.from !== null && compare(bytes, start, wanted.from) < 0) return false;
    if (wanted.to !== null && compare(bytes, start, wanted.to) > 0) return false;
    if (wanted.level !== null && !isText(bytes, levelFrom, levelTo, wanted.level)) return false;
    if (wanted.logger !== null && !isText(bytes, loggerFrom, at, wanted.logger)) return false;
    return wanted.keyword === null || holds(bytes, message, end, wanted.keyword);
  };
}

function isTime(bytes: Uint8Array, start: number): boolean {
  for (const at of DIGITS) if (bytes[start + at]! < 48 || bytes[start + at]! > 57) return false;
  for (const [at, sign] of SIGNS) if (bytes[start + at] !== sign) return false;
  return true;
}

function isText(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (to - from !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) if (bytes[from + index] !== text[index]) return false;
  return true;
}

/** The order of the entry's time and a text of it. */
function compare(bytes: Uint8Array, start: number, time: Uint8Array): number {
  for (let index = 0; index < TIME.length; index += 1) {
    const difference = bytes[start + index]! - (time[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return TIME.length - time.length;
}

/** A plain loop: entries are short, and a call of `indexOf` for each costs more than it saves. */
function holds(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  const first = text[0];
  const last = to - text.length;
  for (let at = from; at <= last; at += 1) {
    if (bytes[at] !== first) continue;
    let index = 1;
    while (index < text.length && bytes[at + index] === text[index]) index += 1;
    if (index === text.length) return true;
  }
  return false;
}
