/** The request bodies of the ask API, as its contract has them. Unknown fields are ignored. */
import { z } from 'zod';

const credentials = {
  username: z.string().nullish(),
  password: z.string().nullish(),
};

export const datasourcesRequestSchema = z.object(credentials);

/** Whole numbers, also written as text. */
const wholeNumber = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^\s*[+-]?\d+\s*$/)
      .transform(Number),
  ],
  'Input should be a valid integer',
);

export const askRequestSchema = (maxCharacters: number) =>
  z.object({
    question: z
      .string()
      .max(maxCharacters, `String should have at most ${maxCharacters} characters`)
      .refine((text) => text.trim() !== '', 'String should have at least 1 character'),
    /** Text that is no number is a fault of its own, after authentication. */
    datasource_id: z.union([z.int(), z.string()], 'Input should be a valid integer').nullish(),
    chat_id: wholeNumber.nullish(),
    /** Also as text, as forms and query builders send it. */
    stream: z.union([z.boolean(), z.stringbool()], 'Input should be a valid boolean').default(false),
    ...credentials,
  });

export type Credentials = z.output<typeof datasourcesRequestSchema>;
export type AskRequestBody = z.output<ReturnType<typeof askRequestSchema>>;
