/** Kinds of tasks for the tests, the same in the test's process and in its children. They wait for inputs, never for time. */
import type { TaskService } from '../../src/tasks/index.ts';

export function registerTestHandlers(tasks: TaskService): void {
  /** Emits `count` durable events with a delta after each. */
  tasks.registerHandler('talk', async (context) => {
    const { count } = context.payload as { count: number };
    for (let n = 1; n <= count; n += 1) {
      void context.emit({ type: 'step', data: { n, by: process.pid } });
      void context.emit({ type: 'delta', data: `…${n}` }, { durable: false });
    }
    return { status: 'completed', result: { count }, event: { type: 'done', data: { count } } };
  });
  /** Says that it began, waits for an input, and gives it back. */
  tasks.registerHandler(
    'gated',
    async (context) => {
      await context.emit({ type: 'began', data: { attempt: context.attempt, by: process.pid } });
      await context.saveProgress({ began: context.attempt });
      const input = await context.nextInput();
      const began = (await context.history()).filter(({ type }) => type === 'began').length;
      return { status: 'completed', result: { input, attempt: context.attempt, began, by: process.pid } };
    },
    { concurrency: 4 },
  );
  /** Waits for an input, and writes beside the task's own records. */
  tasks.registerHandler('written', async (context) => {
    const { attempt } = context;
    await context.emit({ type: 'began', data: { attempt, by: process.pid } });
    await context.nextInput();
    await context.write((session) => session.execute('INSERT INTO writes VALUES ($1)', [attempt]), { wrote: attempt });
    return { status: 'completed', result: { attempt } };
  });
  /** Ends its process; one slot, so that it harms nothing else. */
  tasks.registerHandler(
    'poison',
    async (context) => {
      await context.emit({ type: 'began', data: { attempt: context.attempt } });
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    },
    { maxAttempts: 2, concurrency: 1, terminalEvent: (end) => ({ type: 'over', data: { status: end.status } }) },
  );
}
