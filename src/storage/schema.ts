import { pgSchema } from 'drizzle-orm/pg-core';

/** Our own tables live in a schema of their own, so that a server's database may hold other programs' tables. */
export const querentSchema = pgSchema('querent');
