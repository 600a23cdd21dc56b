/** A question of a business person with the SQL that an analyst would write for it. */
export interface BusinessQuestion {
  readonly id: string;
  readonly db: SampleName | 'demo' | 'highway';
  readonly language: 'en' | 'zh';
  readonly kind: QuestionKind;
  readonly question: string;
  /** The questions of the same conversation before it, oldest first. */
  readonly after?: readonly string[];
  /** Written by hand; the rows it gives are the answer. Only the columns that an answer cannot do without. */
  readonly sql: string;
  /** Other answers that a careful reader would accept, e.g. a share as a fraction or in percent. */
  readonly alternatives?: readonly string[];
  /** True when the order of the rows is asked for. */
  readonly ordered?: boolean;
}

export type SampleName = 'chinook' | 'northwind' | 'sakila' | 'employees';

export type QuestionKind =
  | 'count'
  | 'total'
  | 'average'
  | 'extreme'
  | 'breakdown'
  | 'trend'
  | 'top'
  | 'filter'
  | 'period'
  | 'share'
  | 'absence'
  | 'having'
  | 'join'
  | 'comparison'
  | 'list'
  | 'follow-up';

/** The day that is "today" for the questions on each database: the end of its data. */
export const TODAY: Readonly<Record<BusinessQuestion['db'], string>> = {
  chinook: '2025-12-31',
  northwind: '1998-05-06',
  sakila: '2006-02-14',
  employees: '2002-08-01',
  demo: '2026-03-15',
  highway: '2026-03-15',
};

/** A question that must not be answered with data. */
export interface RefusedQuestion {
  readonly id: string;
  readonly db: BusinessQuestion['db'];
  readonly language: 'en' | 'zh';
  readonly why: 'out-of-domain' | 'write' | 'no-data';
  readonly question: string;
}
