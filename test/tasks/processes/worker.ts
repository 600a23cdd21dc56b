/**
 * A process that works on tasks. Arguments: home, url, role, ids of `gated` tasks to submit at the start.
 * It reports when it is ready, and drains on SIGTERM.
 */
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState } from '../../../src/storage/index.ts';
import { createTaskService } from '../../../src/tasks/index.ts';
import { registerTestHandlers } from '../handlers.ts';

const [home, url, role, submit] = JSON.parse(process.argv[2]!) as [string, string | null, 'owner' | 'client', string[]];
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

const state = await openState({ home, url: url ?? undefined, role, logger: silentLogger });
const tasks = createTaskService({ state, logger: silentLogger });
registerTestHandlers(tasks);
await tasks.start();
process.once('SIGTERM', async () => {
  await tasks.stop({ drainMs: 0 });
  await state.close();
  say({ drained: true });
});
for (const id of submit) await tasks.submit({ id, kind: 'gated', owner: 'child', payload: null });
say({ ready: process.pid });
setInterval(() => {}, 60_000).unref();
