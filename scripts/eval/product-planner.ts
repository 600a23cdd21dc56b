/**
 * The planner as the product runs it: schemas from the catalog's snapshot, both generators and the arbiter between them,
 * conversations answered turn by turn on the planner's own earlier answers.
 */
import { createCatalog } from '../../src/catalog/index.ts';
import { openDatasource } from '../../src/execution/index.ts';
import type { Arbiter } from '../../src/planning/builtin/arbitration/arbitrate.ts';
import type { ScoredCandidate } from '../../src/planning/builtin/learned/learned-planner.ts';
import type { LearnedWeights } from '../../src/planning/builtin/learned/weights.ts';
import { createBuiltinPlanner, createLearnedGenerator, type PlanOptions, type Turn } from '../../src/planning/index.ts';
import type { DatabaseSchema } from '../../src/sql/index.ts';
import type { Item } from './datasets.ts';

const TODAY = '2024-01-01';
const NOTHING_KNOWN = { terms: [], examples: [], measures: [], notes: [] };

export interface ProductPlanner {
  schema(item: Item): Promise<DatabaseSchema>;
  /**
   * Candidates as the product ranks them, always answering; an answer that the product would hold back says 0.
   * The milliseconds are those of one plan.
   */
  candidates(
    item: Item,
    previous: readonly Turn[],
    probe: PlanOptions['probe'],
  ): Promise<{ readonly candidates: readonly ScoredCandidate[]; readonly ms: number }>;
  /** The turns before this question as the planner itself answers them. */
  ownTurns(item: Item): Promise<Turn[]>;
}

export function createProductPlanner(
  weightsOf: (language: 'en' | 'zh') => LearnedWeights | null,
  threshold: number,
  arbiter?: Arbiter,
): ProductPlanner {
  const planner = createBuiltinPlanner({
    learned: createLearnedGenerator(weightsOf),
    thresholds: { answer: threshold },
    arbiter,
  });
  const catalog = createCatalog();
  const schemas = new Map<string, Promise<DatabaseSchema>>();
  const answered = new Map<string, Turn | null>();

  const read = async (path: string): Promise<DatabaseSchema> => {
    const datasource = await openDatasource({ kind: 'sqlite', path });
    try {
      return await catalog.snapshot(datasource, { key: path });
    } finally {
      await datasource.close();
    }
  };
  const schema = (item: Item): Promise<DatabaseSchema> => {
    let known = schemas.get(item.file);
    if (known === undefined) {
      known = read(item.file);
      schemas.set(item.file, known);
    }
    return known;
  };
  return {
    schema,
    async candidates(item, previous, probe) {
      const request = {
        question: item.question,
        schema: await schema(item),
        today: TODAY,
        previous,
        knowledge: NOTHING_KNOWN,
      };
      const began = performance.now();
      const planned = await planner.plan(request, { alwaysAnswer: true, probe });
      const ms = performance.now() - began;
      if (planned.kind !== 'answer') return { candidates: [], ms };
      const sure = planned.candidates[0]!.confidence >= threshold;
      const held = sure && (await planner.plan(request, { probe })).kind !== 'answer';
      const candidates = planned.candidates.flatMap(({ plan, confidence, mappings }) =>
        plan === null ? [] : [{ plan, score: 0, probability: held ? 0 : confidence, mappings }],
      );
      return { candidates, ms };
    },
    async ownTurns(item) {
      const turns: Turn[] = [];
      for (let k = 0; k < item.previous.length; k++) {
        const { question } = item.previous[k]!;
        const key = [item.file, ...item.previous.slice(0, k + 1).map((one) => one.question)].join('\n');
        let turn = answered.get(key);
        if (turn === undefined) {
          const request = {
            question,
            schema: await schema(item),
            today: TODAY,
            previous: turns,
            knowledge: NOTHING_KNOWN,
          };
          const planned = await planner.plan(request, { alwaysAnswer: true });
          const best = planned.kind === 'answer' ? planned.candidates[0]! : null;
          turn = best && { question, plan: best.plan, sql: best.sql, confidence: best.confidence };
          answered.set(key, turn);
        }
        if (turn !== null) turns.push(turn);
      }
      return turns;
    },
  };
}
