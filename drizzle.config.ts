import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name what-changes` compares the tables with the last snapshot and adds a migration. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/*/tables.ts',
  out: './src/storage/migrations',
  schemaFilter: ['querent'],
});
