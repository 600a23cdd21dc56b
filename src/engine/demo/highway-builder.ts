/** A worker thread that builds the highway demo's data directory, so that the event loop stays free meanwhile. */
import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { highwaySql } from './highway-sql.ts';

const { directory, today } = workerData as { readonly directory: string; readonly today: string };
const database = await PGlite.create(directory);
try {
  await database.transaction(async (tx) => {
    for (const statement of highwaySql({ today })) await tx.exec(statement);
  });
  await database.exec('ANALYZE');
} finally {
  await database.close();
}
