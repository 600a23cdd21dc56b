/** Opens a state and writes numbered rows for ever, reporting each committed one. Arguments: home, url. */
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState } from '../../../src/storage/index.ts';

const [home, url] = JSON.parse(process.argv[2]!) as [string, string | null];
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

try {
  const state = await openState({ home, url: url ?? undefined, logger: silentLogger });
  await state.execute('CREATE TABLE IF NOT EXISTS numbers (n integer PRIMARY KEY)');
  const [row] = await state.execute<{ next: number }>('SELECT COALESCE(MAX(n), 0) + 1 AS next FROM numbers');
  say({ opened: process.pid, next: row!.next });
  for (let n = row!.next; ; n += 1) {
    await state.transaction(async (tx) => {
      await tx.execute('INSERT INTO numbers VALUES ($1)', [n]);
    });
    say({ committed: n });
  }
} catch (error) {
  say({ failed: (error as { code?: string }).code, message: (error as Error).message });
}
