import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanResult } from '../../src/planning/index.ts';
import { describeWithMysql, describeWithPostgres } from '../support/services.ts';
import {
  ask,
  type Background,
  expectedRows,
  type Judgement,
  judge,
  makeDemos,
  type Place,
  sampleBackground,
} from './business/ask-questions.ts';
import { DEMO_QUESTIONS, REFUSED_QUESTIONS, SAMPLE_QUESTIONS } from './business/index.ts';
import { KNOWN_GAPS } from './business/known-gaps.ts';
import {
  mirrorToMysql,
  mirrorToPostgres,
  openSqlite,
  type PlainRow,
  type QueryRunner,
} from './business/query-runner.ts';
import type { BusinessQuestion, SampleName } from './business/question.ts';
import { hasSamples, openSamples, SAMPLE_NAMES, type SampleDatabases } from './business/sample-databases.ts';

const RIGHT_SHARE = 0.85;

interface Asked {
  readonly question: BusinessQuestion;
  readonly result: PlanResult;
  readonly expected: readonly (readonly PlainRow[])[];
}

/** For the reader of the test output: how many were right, and the kinds of questions that were not all right. */
function printTable(title: string, judgements: ReadonlyMap<BusinessQuestion, Judgement>): void {
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(24) : String(cell).padStart(9))).join('');
  const lines = [...Map.groupBy(judgements, ([question]) => `${question.db} ${question.kind}`)].flatMap(
    ([kind, group]) => {
      const count = (...verdicts: readonly Judgement['verdict'][]): number =>
        group.filter(([, made]) => verdicts.includes(made.verdict)).length;
      const right = count('right');
      return right === group.length
        ? []
        : [row([kind, group.length, right, count('clarify', 'cannot'), count('wrong', 'failed')])];
    },
  );
  const right = [...judgements.values()].filter((made) => made.verdict === 'right').length;
  const table =
    lines.length === 0 ? '' : `${[row(['kind', 'all', 'right', 'refused', 'wrong']), ...lines].join('\n')}\n`;
  process.stdout.write(`${title}: ${right} of ${judgements.size} right\n${table}`);
}

/** Each question right, or a known gap that is refused; enough of them right. */
function checkAll(
  judgements: () => ReadonlyMap<BusinessQuestion, Judgement>,
  questions: readonly BusinessQuestion[],
): void {
  it.each(questions.map((question) => [question.id, question.question, question] as const))(
    '%s %s',
    (id, _text, question) => {
      const { verdict, detail } = judgements().get(question)!;
      if (KNOWN_GAPS.includes(id)) {
        expect(['clarify', 'cannot'], `${id} is a known gap: ${verdict}\n${detail}`).toContain(verdict);
      } else {
        expect(verdict, detail).toBe('right');
      }
    },
  );

  it('are right in at least 85 of 100 cases', () => {
    const right = [...judgements().values()].filter((made) => made.verdict === 'right').length;
    expect(right / questions.length).toBeGreaterThanOrEqual(RIGHT_SHARE);
  });
}

async function judgeAll(
  asked: readonly Asked[],
  runnerOf: (question: BusinessQuestion) => QueryRunner,
  backgrounds: ReadonlyMap<string, Background>,
): Promise<Map<BusinessQuestion, Judgement>> {
  const judgements = new Map<BusinessQuestion, Judgement>();
  for (const { question, result, expected } of asked) {
    const { schema } = backgrounds.get(question.db)!;
    judgements.set(question, await judge(question, result, runnerOf(question), schema, expected));
  }
  return judgements;
}

const describeSamples = hasSamples ? describe : describe.skip;

describeSamples(
  `business questions on the sample databases${hasSamples ? '' : ' (skipped: no samples.tar.gz)'}`,
  () => {
    let samples: SampleDatabases;
    const backgrounds = new Map<string, Background>();
    const asked: Asked[] = [];
    const sqlite = new Map<SampleName, QueryRunner>();

    beforeAll(async () => {
      samples = await openSamples();
      for (const name of SAMPLE_NAMES) {
        sqlite.set(name, await openSqlite(samples.path(name)));
        backgrounds.set(name, await sampleBackground(samples.path(name)));
      }
      for (const question of SAMPLE_QUESTIONS) {
        const background = backgrounds.get(question.db)!;
        const expected = await expectedRows(question, sqlite.get(question.db as SampleName)!);
        asked.push({ question, result: await ask(question, background), expected });
      }
    });
    afterAll(async () => {
      for (const runner of sqlite.values()) await runner.close();
      await samples.close();
    });

    it('have a hand-written answer that is not empty', () => {
      const empty = asked.filter(({ expected }) => expected.some((rows) => rows.length === 0));
      expect(empty.map(({ question }) => question.id)).toEqual([]);
    });

    const onEngine = (title: string, open: (path: string) => Promise<QueryRunner>): void => {
      let judgements = new Map<BusinessQuestion, Judgement>();
      beforeAll(async () => {
        const runners = new Map<string, QueryRunner>();
        for (const name of SAMPLE_NAMES) runners.set(name, await open(samples.path(name)));
        judgements = await judgeAll(asked, (question) => runners.get(question.db)!, backgrounds);
        for (const runner of runners.values()) await runner.close();
        printTable(title, judgements);
      });
      checkAll(() => judgements, SAMPLE_QUESTIONS);
    };
    describe('on SQLite', () => onEngine('SQLite', openSqlite));
    describeWithPostgres('as the same plans on PostgreSQL', () => onEngine('PostgreSQL', mirrorToPostgres));
    describeWithMysql('as the same plans on MariaDB', () => onEngine('MariaDB', mirrorToMysql));

    describe('that cannot be answered', () => {
      const refused = REFUSED_QUESTIONS.filter((question) => question.db !== 'demo');
      it.each(refused.map((each) => [each.id, each.question, each] as const))('%s %s', async (_id, _text, each) => {
        await expectRefusal(each, backgrounds.get(each.db)!);
      });
    });
  },
);

describe('business questions on the demos', () => {
  let folder: string;
  let places: ReadonlyMap<string, Place>;
  let judgements = new Map<BusinessQuestion, Judgement>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'querent-business-'));
    places = await makeDemos(folder);
    const asked: Asked[] = [];
    for (const question of DEMO_QUESTIONS) {
      const { background, runner } = places.get(question.db)!;
      asked.push({ question, result: await ask(question, background), expected: await expectedRows(question, runner) });
    }
    const backgrounds = new Map([...places].map(([name, place]) => [name, place.background]));
    judgements = await judgeAll(asked, (question) => places.get(question.db)!.runner, backgrounds);
    printTable('demos', judgements);
  });
  afterAll(async () => {
    for (const { runner } of places.values()) await runner.close();
    await rm(folder, { recursive: true, force: true });
  });

  checkAll(() => judgements, DEMO_QUESTIONS);

  it('are planned in under 50 ms, and 95 of 100 in under 150 ms on a busy machine', async () => {
    const times: number[] = [];
    for (const question of DEMO_QUESTIONS) {
      const { background } = places.get(question.db)!;
      const started = performance.now();
      await ask(question, background);
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(50);
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(150);
  });

  describe('that cannot be answered', () => {
    const refused = REFUSED_QUESTIONS.filter((question) => question.db === 'demo');
    it.each(refused.map((each) => [each.id, each.question, each] as const))('%s %s', async (_id, _text, each) => {
      await expectRefusal(each, places.get(each.db)!.background);
    });
  });
});

async function expectRefusal(each: (typeof REFUSED_QUESTIONS)[number], background: Background): Promise<void> {
  const result = await ask(each, background);
  if (each.why === 'no-data') expect(['clarify', 'cannot']).toContain(result.kind);
  else expect(result.kind).toBe('cannot');
  if (result.kind === 'cannot') {
    expect(result.reason).not.toBe('');
    expect(result.suggestions.length).toBeLessThanOrEqual(3);
  }
}
