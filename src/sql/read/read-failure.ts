import type { ParseFailure } from '../parse/index.ts';

/** Why SQL has no plan. `construct` names the piece of SQL, for messages and statistics. */
export interface ReadFailure {
  readonly code: ParseFailure['code'] | 'unknown-name' | 'not-in-plan-language';
  readonly message: string;
  readonly construct: string;
}

/** Carries a {@link ReadFailure} out of the recursion; never leaves this folder. */
export class ReadRefusal extends Error {
  readonly failure: ReadFailure;

  constructor(failure: ReadFailure) {
    super(failure.message);
    this.name = 'ReadRefusal';
    this.failure = failure;
  }
}

/** Stops reading at a construct that plans cannot hold. */
export function refuse(construct: string, detail = ''): never {
  throw new ReadRefusal({
    code: 'not-in-plan-language',
    message: `a plan cannot express ${construct}${detail ? `: ${detail}` : ''}`,
    construct,
  });
}

/** Stops reading at a name that the schema does not have. */
export function unknownName(kind: 'table' | 'column', name: string): never {
  throw new ReadRefusal({
    code: 'unknown-name',
    message: `the ${kind} ${JSON.stringify(name)} is not in the schema`,
    construct: kind,
  });
}
