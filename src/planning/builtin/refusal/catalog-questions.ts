import type { DatabaseSchema } from '../../../sql/index.ts';
import type { Language } from '../../planner.ts';
import { buildSchemaIndex } from '../grammar/schema-index.ts';
import { suggestedQuestions } from './suggestions.ts';

/** Questions that a catalog suggests, the likeliest first. Whether they plan and run is for the caller to find out. */
export const catalogQuestions = (schema: DatabaseSchema, language: Language): readonly string[] =>
  suggestedQuestions(buildSchemaIndex(schema), language);
