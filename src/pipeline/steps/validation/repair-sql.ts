/** Repairs of a statement that could not be proven: by rules, each candidate proven again, then by a model. */
import { z } from 'zod';
import { fail, type Outcome, ok } from '../../../kernel/index.ts';
import { completeObject, type ModelClient } from '../../../llm/index.ts';
import { tableDdl } from '../ddl/table-ddl.ts';
import { tableText } from '../ddl/table-text.ts';
import { type Proof, type ProofContext, type ProofFailure, proveSql } from '../prove/prove-sql.ts';
import { dialectCandidates } from './dialect-functions.ts';
import { missingJoinCandidates } from './missing-join.ts';
import { masked } from './sql-calls.ts';
import { typeCastCandidates } from './type-casts.ts';

export interface Repair {
  readonly sql: string;
  readonly proof: Proof;
  readonly by: 'rules' | 'model';
  readonly attempts: number;
}

const MOST_ROUNDS = 4;
const MOST_PROOFS = 24;
const MODEL_TABLES = 12;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The unknown name replaced, everywhere it stands, by each of the names close to it. */
function nearestNames(sql: string, failure: ProofFailure): string[] {
  if (failure.name === null) return [];
  const wrong = failure.name
    .split('.')
    .at(-1)!
    .replace(/^["`[]|["`\]]$/g, '');
  const pattern = new RegExp(`(?<![\\w$])["\`]?${escaped(wrong)}["\`]?(?![\\w$])`, 'gi');
  const text = masked(sql);
  return failure.nearest.slice(0, 3).map((nearest) => {
    const right = nearest.split('.').at(-1)!;
    let result = sql;
    for (const match of [...text.matchAll(pattern)].reverse()) {
      result = result.slice(0, match.index) + right + result.slice(match.index + match[0].length);
    }
    return result;
  });
}

async function ruleCandidates(sql: string, failure: ProofFailure, context: ProofContext): Promise<string[]> {
  const { schema } = context;
  const joins =
    failure.code === 'unknown-column' && failure.name !== null
      ? await missingJoinCandidates(sql, { name: qualifiedName(sql, failure) }, schema)
      : [];
  const names = failure.code === 'unknown-table' || failure.code === 'unknown-column' ? nearestNames(sql, failure) : [];
  const casts = failure.stage === 'guard' ? [] : await typeCastCandidates(sql, schema);
  const candidates = [...joins, ...names, ...casts, ...dialectCandidates(sql, schema.dialect)];
  return [...new Set(candidates)].filter((candidate) => candidate !== sql);
}

/** The name with what stands before its dot in the statement. */
function qualifiedName(sql: string, { name }: ProofFailure): string {
  if (name === null || name.includes('.')) return name ?? '';
  const found = new RegExp(`([\\w$]+)\\s*\\.\\s*["\`]?${escaped(name)}(?![\\w$])`, 'i').exec(masked(sql));
  return found ? `${found[1]}.${name}` : name;
}

/** Applies rules until the statement is proven, no rule helps, or enough was tried. */
export async function repairByRules(
  sql: string,
  failure: ProofFailure,
  context: ProofContext,
): Promise<Outcome<Repair, { readonly attempts: number }>> {
  let attempts = 0;
  let front = [{ sql, failure }];
  const seen = new Set([sql]);
  for (let round = 0; round < MOST_ROUNDS && front.length > 0; round++) {
    const next: typeof front = [];
    for (const here of front) {
      for (const candidate of await ruleCandidates(here.sql, here.failure, context)) {
        if (seen.has(candidate) || attempts >= MOST_PROOFS) continue;
        seen.add(candidate);
        attempts += 1;
        const proof = await proveSql(candidate, context);
        if (proof.ok) return ok({ sql: candidate, proof: proof.value, by: 'rules', attempts });
        // A candidate that fails for another reason got further.
        if (proof.failure.message !== here.failure.message) next.push({ sql: candidate, failure: proof.failure });
      }
    }
    front = next.slice(0, 4);
  }
  return fail({ attempts });
}

/** Asks a model once; its statement is proven like any other. */
export async function repairByModel(
  pair: { readonly question: string; readonly sql: string },
  failure: ProofFailure,
  context: ProofContext,
  model: ModelClient,
): Promise<Outcome<Repair, { readonly reason: 'model-failed' | 'not-proven' }>> {
  const { schema, signal } = context;
  const words = masked(pair.sql).toLowerCase();
  const mentioned = schema.tables.filter(({ ref }) => words.includes(ref.name.toLowerCase()));
  const shown = (mentioned.length > 0 ? mentioned : schema.tables).slice(0, MODEL_TABLES);
  const outcome = await completeObject(model, {
    system: `You correct ${schema.dialect} queries. Answer with one JSON object {"sql": "…"}: one SELECT, only tables and columns shown.`,
    prompt: [
      ...shown.map((table) => tableDdl(table, schema, tableText(table, 'en'))),
      `Question: ${pair.question}`,
      `Query: ${pair.sql}`,
      `It fails: ${failure.message}`,
    ].join('\n\n'),
    schema: z.object({ sql: z.string() }),
    signal,
  });
  if (!outcome.ok) return fail({ reason: 'model-failed' });
  const sql = outcome.value.value.sql.trim().replace(/;\s*$/, '');
  const proof = await proveSql(sql, context);
  return proof.ok ? ok({ sql, proof: proof.value, by: 'model', attempts: 1 }) : fail({ reason: 'not-proven' });
}
