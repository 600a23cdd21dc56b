import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, planFromSql, planKey } from '../../../sql/index.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import { retailSchema } from '../retail-schema.fixture.ts';
import { type Arbiter, arbitrate, decodeArbiter, encodeArbiter } from './arbitrate.ts';
import type { Contest } from './contest.ts';
import { judgedCandidates, SIGN_NAMES } from './signs.ts';

const candidate = (sql: string, confidence: number, generator: GeneratedCandidate['generator']): GeneratedCandidate => {
  const plan = planFromSql(sql, 'sqlite', retailSchema());
  if (!plan.ok) throw new Error(plan.failure.message);
  return { plan: plan.value, confidence, mappings: [], generator, features: {} };
};

/** One tree: odds of 9 for what the learned side is sure of, a ninth otherwise. */
const BY_LEARNED: Arbiter = {
  names: ['own-learned'],
  trees: {
    bias: 0,
    roots: Int32Array.of(0),
    feature: Int16Array.of(0, -1, -1),
    value: Float32Array.of(0, Math.log(1 / 9), Math.log(9)),
    left: Int32Array.of(1, -1, -1),
  },
};

const JUDGE = decodeArbiter(encodeArbiter(BY_LEARNED));

describe('arbitration', () => {
  let contest: Contest;
  beforeAll(async () => {
    await loadParser('sqlite');
    contest = {
      question: 'how many customers are in Paris',
      rows: 5_000,
      hasPrevious: false,
      composed: [
        candidate('SELECT COUNT(*) FROM customers', 0.9, 'grammar'),
        candidate("SELECT COUNT(*) FROM customers WHERE city = 'Paris'", 0.3, 'grammar'),
      ],
      learned: [
        candidate("SELECT COUNT(*) FROM customers AS c WHERE c.city = 'Paris'", 0.8, 'learned'),
        candidate("SELECT customer_name FROM customers WHERE city = 'Paris'", 0.1, 'learned'),
      ],
    };
  });

  it('judges every distinct plan once and puts the likeliest first', () => {
    const ranked = arbitrate(contest, JUDGE);
    expect(ranked).toHaveLength(3);
    expect(planKey(ranked[0]!.plan)).toBe(planKey(contest.learned[0]!.plan));
    expect(ranked.map((one) => one.confidence)).toEqual([
      expect.closeTo(0.9, 5),
      expect.closeTo(0.1, 5),
      expect.closeTo(0.1, 5),
    ]);
  });
  it('leaves a side alone with its own order and confidences', () => {
    expect(arbitrate({ ...contest, learned: [] })).toEqual(contest.composed);
    expect(arbitrate({ ...contest, composed: [] })).toEqual(contest.learned);
  });
  it("keeps the rules' word for a plain question, and for no other", () => {
    const listed = candidate('SELECT * FROM customers', 0.9, 'grammar');
    const unsure = { ...contest.learned[1]!, confidence: 0.2 };
    const asked = (question: string) =>
      arbitrate({ ...contest, question, composed: [listed], learned: [unsure] }, JUDGE)[0]!;
    expect(asked('show all customers')).toMatchObject({ plan: listed.plan, confidence: expect.closeTo(0.855, 5) });
    const part = candidate("SELECT * FROM customers WHERE city = 'Paris'", 0.9, 'grammar');
    const ranked = arbitrate(
      { ...contest, question: 'show all paris', composed: [part], learned: [unsure] },
      BY_LEARNED,
    );
    expect(ranked[0]!.confidence).toBeCloseTo(0.1, 5);
    expect(asked('what are the names of those who live in Paris').confidence).toBeCloseTo(0.1, 5);
  });
  it('names every sign once', () => {
    expect(new Set(SIGN_NAMES).size).toBe(SIGN_NAMES.length);
  });
  it('sees how much of either side agrees with a candidate, clause by clause', () => {
    const [all, there] = judgedCandidates(contest).map(({ signs }) =>
      Object.fromEntries(SIGN_NAMES.map((name, i) => [name, signs[i]!])),
    );
    expect(all!['learned-agrees-items']).toBeCloseTo(0.8 / 0.9);
    expect(all!['learned-agrees-where']).toBe(0);
    expect(all!['own-learned-rank']).toBe(9);
    expect(there!['learned-agrees-where']).toBeCloseTo(1);
    expect(there!['composed-agrees-where']).toBeCloseTo(0.25);
    expect(there!['own-composed-rank']).toBe(1);
    expect(there!['own-learned-rank']).toBe(0);
  });
  it('has a shipped judge that believes what both sides are sure of, and doubts what neither is', () => {
    const [there, names] = contest.learned;
    const sure = arbitrate({
      ...contest,
      composed: [{ ...there!, confidence: 0.95 }],
      learned: [{ ...there!, confidence: 0.9 }],
    });
    expect(sure[0]!.confidence).toBeGreaterThan(0.8);
    const unsure = arbitrate({
      ...contest,
      composed: [{ ...contest.composed[0]!, confidence: 0.2 }],
      learned: [{ ...names!, confidence: 0.15 }],
    });
    expect(unsure[0]!.confidence).toBeLessThan(0.5);
  });
});
