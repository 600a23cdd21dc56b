/**
 * What a model wrote → what it meant. Replies come as asked (one JSON object), or fenced, in prose, behind thinking,
 * cut off, or with nothing usable in them; all of that is data.
 */
import { findJsonObject, type JsonValue, withoutThinking } from '../../llm/index.ts';
import type { Mapping } from '../planner.ts';

export interface SqlOption {
  readonly label: string;
  readonly sql: string;
}

export type ModelAnswer =
  | {
      readonly kind: 'sql';
      readonly sql: string;
      readonly explanation: string;
      readonly mappings: readonly Mapping[];
      /** The model's own estimate, 0 to 1; null when it gave none. */
      readonly confidence: number | null;
      /** True when the reply was cut, so that the SQL may be, too. */
      readonly cut: boolean;
    }
  | { readonly kind: 'clarify'; readonly question: string; readonly options: readonly SqlOption[] }
  | { readonly kind: 'cannot'; readonly reason: string }
  | { readonly kind: 'unusable'; readonly code: 'no-sql' | 'reply-cut'; readonly problem: string };

const SQL_KEYS = ['sql', 'query', 'sql_query', 'final_sql', 'SQL'];
const KNOWN_KEYS = new Set([...SQL_KEYS, 'cannot', 'clarify', 'explanation']);

const asText = (value: JsonValue | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** SQL without the fence, the label and the closing remarks around it. */
export function cleanSql(text: string): string {
  const fence = /```[a-z0-9]*\s*\n?([\s\S]*?)(?:```|$)/i.exec(text);
  const inner = (fence?.[1] ?? text).trim();
  return inner.replace(/^(?:sql\s*[:\n]|query\s*:)\s*/i, '').trim();
}

function readMappings(value: JsonValue | undefined): Mapping[] {
  if (!Array.isArray(value)) return [];
  return value
    .flatMap((entry) => {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
      const phrase = asText(entry.phrase).slice(0, 200);
      const meaning = asText(entry.meaning).slice(0, 300);
      return phrase !== '' && meaning !== '' ? [{ phrase, meaning }] : [];
    })
    .slice(0, 20);
}

function readConfidence(value: JsonValue | undefined): number | null {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  const share = number > 1 && number <= 100 ? number / 100 : number;
  return Math.min(1, Math.max(0, share));
}

function readOptions(value: JsonValue | undefined): SqlOption[] {
  if (!Array.isArray(value)) return [];
  return value
    .flatMap((entry) => {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
      const label = asText(entry.label).slice(0, 200);
      const sql = cleanSql(asText(entry.sql));
      return label !== '' && sql !== '' ? [{ label, sql }] : [];
    })
    .slice(0, 5);
}

function readObject(object: Readonly<Record<string, JsonValue>>, cut: boolean): ModelAnswer | null {
  const key = SQL_KEYS.find((name) => asText(object[name]) !== '');
  const explanation = (asText(object.explanation) || asText(object.reasoning)).slice(0, 1_000);
  if (key !== undefined) {
    const lastKey = Object.keys(object).at(-1);
    return {
      kind: 'sql',
      sql: cleanSql(asText(object[key])),
      explanation,
      mappings: readMappings(object.mappings),
      confidence: readConfidence(object.confidence),
      cut: cut && lastKey === key,
    };
  }
  const clarify = object.clarify;
  if (typeof clarify === 'object' && clarify !== null && !Array.isArray(clarify)) {
    const question = asText(clarify.question);
    if (question !== '')
      return { kind: 'clarify', question: question.slice(0, 1_000), options: readOptions(clarify.options) };
  }
  if (typeof clarify === 'string' && clarify.trim() !== '') {
    return { kind: 'clarify', question: clarify.trim().slice(0, 1_000), options: [] };
  }
  const cannot = asText(object.cannot) || (SQL_KEYS.some((name) => object[name] === null) ? explanation : '');
  return cannot === '' ? null : { kind: 'cannot', reason: cannot.slice(0, 1_000) };
}

const STARTS_SQL = /^\s*(?:with|select|\(\s*select)\b/i;

/** The last fenced block that holds a query: models draft first. */
function fromFences(text: string): { sql: string; closed: boolean } | null {
  const blocks = [...text.matchAll(/```[a-z0-9]*[ \t]*\n?([\s\S]*?)(```|$)/gi)].map((match) => ({
    sql: (match[1] ?? '').trim(),
    closed: match[2] === '```',
  }));
  const withoutComments = (sql: string): string => sql.replace(/^(?:\s*--[^\n]*\n)+/, '');
  return blocks.findLast(({ sql }) => STARTS_SQL.test(withoutComments(sql))) ?? null;
}

/** A query that starts a line of prose, up to its semicolon or the next paragraph. */
function fromProse(text: string): { sql: string; closed: boolean } | null {
  const start = /^[ \t]*(?:sql\s*:\s*)?((?:with\s+[\w"`[]+[\s\S]*?\bas\s*\(|select\s)[\s\S]*)$/im.exec(text);
  if (start?.[1] === undefined) return null;
  const rest = start[1];
  const end =
    /;\s*(?:\n|$)|\n\s*\n(?!\s*(?:select|with|from|where|group|order|having|limit|join|left|inner|union|and|or|\)|,|--)\b)/i.exec(
      rest,
    );
  const sql = (end === null ? rest : rest.slice(0, end.index)).trim();
  return { sql, closed: end !== null };
}

/** Reads a reply; `cutAtLimit` tells that the provider stopped it at the token limit. */
export function readAnswer(reply: string, cutAtLimit: boolean): ModelAnswer {
  const text = withoutThinking(reply).trim();
  const object = findJsonObject(text, (value) => Object.keys(value).some((key) => KNOWN_KEYS.has(key)));
  if (object !== null) {
    const answer = readObject(object.value, object.truncated);
    if (answer !== null) return answer;
  }
  const found = fromFences(text) ?? (object === null ? fromProse(text) : null);
  if (found !== null && found.sql !== '') {
    const explanation = text.slice(0, Math.max(0, text.indexOf(found.sql))).replace(/```[a-z0-9]*\s*$/i, '');
    return {
      kind: 'sql',
      sql: found.sql,
      explanation: explanation.replace(/\s+/g, ' ').trim().slice(0, 300),
      mappings: [],
      confidence: null,
      cut: cutAtLimit && !found.closed,
    };
  }
  if (cutAtLimit) {
    return {
      kind: 'unusable',
      code: 'reply-cut',
      problem: 'the reply was cut at the length limit before any query was complete',
    };
  }
  return { kind: 'unusable', code: 'no-sql', problem: 'the reply holds no SQL query' };
}
