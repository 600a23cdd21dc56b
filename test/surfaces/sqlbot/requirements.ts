/** What the open ask API promises, one line each; every one is verified by a test of this folder. */
import { afterAll, expect, it } from 'vitest';

export const REQUIREMENTS = {
  'AUTH-1': 'a body that does not fit is 422 before anything else is looked at (contract §2.1)',
  'AUTH-2': 'a wrong or missing X-SQLBOT-OPEN-KEY is 401, before credentials (§2.2)',
  'AUTH-3': 'no credentials at all are 400 with the contract’s sentence (§2.3)',
  'AUTH-4': 'a wrong password and an unknown user are 400 with one and the same text (§2)',
  'AUTH-5': 'a disabled user is 400 (§2)',
  'AUTH-6': 'too many failed attempts make the account wait: 429 with Retry-After',
  'AUTH-7': 'default credentials come from the environment, each one by itself (§2.3)',
  'AUTH-8': 'a user without a workspace is 400 (§2)',
  'DS-1': 'datasources have the contract’s fields and no connection secrets; the demo is first (§3)',
  'ASK-1': 'an answer has sql, data and chart as objects, a record, and a title on the first question only (§4.1)',
  'ASK-2': 'datasource_id may be a numeric string; blank is none; text and unknown ones are 400 (§4)',
  'ASK-3': 'a chat that is missing or another user’s is 404 Chat not found (§2)',
  'ASK-4': 'a question without an answer is 500 with success false and a message (§4.1)',
  'ASK-8': 'who asks something without an answer is told what can be asked; each of these has one',
  'ASK-5': 'without a datasource_id the catalog decides; two that fit equally are asked back (§4)',
  'FAULT-1': 'a datasource that cannot be reached is listed as Fail, and an answer says db-connection-err (§4.1)',
  'FAULT-2': 'a statement that the database refuses is exec-sql-err, without a traceback (§4.1)',
  'ASK-6': 'a chat keeps its datasource, whatever later requests name (§4)',
  'ASK-7': 'data.limit is there only when rows were cut (§4.1)',
  'CHAT-1': 'follow-ups edit the answer before and keep what they do not mention (§8)',
  'MODEL-1': 'a model is given the last three rounds of the chat (§8)',
  'CHART-1': 'charts have the contract’s shape; a type that is asked for wins (§6)',
  'CHART-2': 'image_url is a PNG under an unguessable name; other names are 404',
  'CHART-3': 'the columns that a chart names are those of the data, in lower case and each once (§4.1, §6)',
  'STREAM-1': 'the stream is plain Markdown in the contract’s order, with X-SQLBOT-CHAT-ID (§4.3)',
  'STREAM-2': 'a failure is the error piece; one before the run starts is a data line (§4.3)',
  'CMD-1': '/analysis says in words what the data shows (§8)',
  'CMD-2': '/predict forecasts with intervals and says so (§8)',
  'CMD-3': '/regenerate answers again with what was known then (§8)',
  'CMD-4': 'commands on records that are not there are refused with the contract’s texts (§8)',
  'SAFE-1': 'questions that smuggle SQL or commands change nothing and show nothing foreign',
  'SAFE-2': 'there is no public-token endpoint (§1)',
  'LOAD-1': 'a hundred questions at once are all answered',
  'CLIENT-1': 'the clients printed in the original document run unmodified apart from host, key and password',
  'CLIENT-2': 'the examples of this repository run',
  'RIGHT-1': 'row rules hold in every place of a statement',
  'RIGHT-2': 'hidden columns and tables do not exist: in *, errors, counts, charts and choices',
  'RIGHT-3': 'user variables decide row rules; an unset one shows nothing',
  'RIGHT-4': 'an administrator is not restricted; a workspace hides its datasources from others',
  'RIGHT-5':
    'after a change of rights, stored answers are read again or refused, chart links are gone, and follow-ups forget',
  'RIGHT-6': 'terms, examples and a model’s context name nothing that is hidden',
} as const;

export type RequirementId = keyof typeof REQUIREMENTS;

const verified = new Set<RequirementId>();

/** A test whose title is the requirement. */
export function verifies(id: RequirementId, body: () => Promise<void>, timeout?: number): void {
  verified.add(id);
  it(`${id}: ${REQUIREMENTS[id]}`, body, timeout);
}

/** Requirements of these prefixes must all have a test in the file that calls this. */
export function coversAll(...prefixes: readonly string[]): void {
  afterAll(() => {
    const expected = Object.keys(REQUIREMENTS).filter((id) => prefixes.some((prefix) => id.startsWith(`${prefix}-`)));
    expect(expected.filter((id) => !verified.has(id as RequirementId))).toEqual([]);
  });
}
