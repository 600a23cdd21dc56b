/** Pipeline tasks and their steps in the state database. */
import { and, asc, count, desc, eq, gte, ilike, inArray, isNotNull, isNull, lte, type SQL } from 'drizzle-orm';
import type { State, StateSession } from '../storage/index.ts';
import type { Json } from '../tasks/index.ts';
import { STEP_NAMES, type StepName, type StepProgress } from './step.ts';
import { pipelineSteps, pipelineTasks } from './tables.ts';
import type { Period, PipelineStep, PipelineTask, TaskFilter, TaskParameters, TaskQuery } from './task.ts';

/** A task with what only the pipeline itself may see. */
export interface TaskRow extends PipelineTask {
  readonly sealedConnection: string | null;
  readonly liveExecution: string | null;
  readonly liveSince: Date | null;
  readonly executions: number;
}

export interface NewTask {
  readonly id: string;
  readonly name: string | null;
  readonly businessContext: string;
  readonly dbName: string;
  readonly parameters: TaskParameters;
  readonly sealedConnection: string | null;
  readonly createdBy: string;
  readonly now: Date;
}

type Changes = Partial<typeof pipelineTasks.$inferInsert>;

/** False when the id is taken. */
export async function insertTask(state: State, task: NewTask): Promise<boolean> {
  const { sealedConnection, now, ...columns } = task;
  return state.transaction(async (tx) => {
    const inserted = await tx.db
      .insert(pipelineTasks)
      .values({ ...columns, connection: sealedConnection, status: 'pending', createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: pipelineTasks.id });
    if (inserted.length === 0) return false;
    await tx.db
      .insert(pipelineSteps)
      .values(STEP_NAMES.map((step, position) => ({ taskId: task.id, step, position, status: 'pending' as const })));
    return true;
  });
}

export async function readTask(state: State, id: string): Promise<TaskRow | null> {
  const rows = await state.db.select().from(pipelineTasks).where(eq(pipelineTasks.id, id));
  return (await withSteps(state, rows))[0] ?? null;
}

/** A page of the tasks that match, and how many match. */
export async function findTasks(
  state: State,
  { filter, orderBy, descending, limit, offset }: TaskQuery,
): Promise<{ readonly tasks: readonly TaskRow[]; readonly total: number }> {
  const where = conditionOf(filter);
  const column = ORDERS[orderBy];
  const order = descending ? desc : asc;
  const rows = await state.db
    .select()
    .from(pipelineTasks)
    .where(where)
    .orderBy(order(column), order(pipelineTasks.createdAt), order(pipelineTasks.id))
    .limit(limit)
    .offset(offset);
  const [counted] = await state.db.select({ total: count() }).from(pipelineTasks).where(where);
  return { tasks: await withSteps(state, rows), total: counted?.total ?? 0 };
}

/** Tasks with an execution under way. */
export async function liveTasks(state: State): Promise<readonly TaskRow[]> {
  const rows = await state.db.select().from(pipelineTasks).where(isNotNull(pipelineTasks.liveExecution));
  return withSteps(state, rows);
}

/** Takes the task for one execution, and sets the steps that it will run back; false when another was quicker. */
export async function claimTask(
  state: State,
  task: TaskRow,
  execution: { readonly id: string; readonly steps: readonly StepName[]; readonly now: Date },
): Promise<boolean> {
  const { id: liveExecution, steps, now } = execution;
  return state.transaction(async (tx) => {
    const claimed = await tx.db
      .update(pipelineTasks)
      .set({
        liveExecution,
        liveSince: now,
        executions: task.executions + 1,
        status: 'in_progress',
        startedAt: now,
        completedAt: null,
        errorMessage: null,
        result: null,
        updatedAt: now,
      })
      .where(
        and(
          eq(pipelineTasks.id, task.id),
          isNull(pipelineTasks.liveExecution),
          eq(pipelineTasks.executions, task.executions),
        ),
      )
      .returning({ id: pipelineTasks.id });
    if (claimed.length === 0) return false;
    await tx.db
      .update(pipelineSteps)
      .set({
        status: 'pending',
        executionId: null,
        progress: null,
        startedAt: null,
        completedAt: null,
        errorMessage: null,
      })
      .where(and(eq(pipelineSteps.taskId, task.id), inArray(pipelineSteps.step, [...steps])));
    return true;
  });
}

/** Ends an execution, unless it is not the live one any more. Steps that still run get `runningBecomes`. In a transaction. */
export async function endExecution(
  { db }: StateSession,
  execution: { readonly taskId: string; readonly id: string },
  changes: Pick<Changes, 'status' | 'completedAt' | 'errorMessage' | 'result'>,
  runningBecomes: { readonly status: 'pending' | 'failed'; readonly errorMessage: string | null },
  now: Date,
): Promise<boolean> {
  const ended = await db
    .update(pipelineTasks)
    .set({ ...changes, liveExecution: null, liveSince: null, updatedAt: now })
    .where(and(eq(pipelineTasks.id, execution.taskId), eq(pipelineTasks.liveExecution, execution.id)))
    .returning({ id: pipelineTasks.id });
  if (ended.length === 0) return false;
  await db
    .update(pipelineSteps)
    .set({ ...runningBecomes, completedAt: runningBecomes.status === 'failed' ? now : null })
    .where(and(eq(pipelineSteps.taskId, execution.taskId), eq(pipelineSteps.status, 'running')));
  return true;
}

/** Changes one step of the live execution; an older one changes nothing. In a transaction. */
export async function updateStep(
  { db }: StateSession,
  execution: { readonly taskId: string; readonly id: string },
  step: StepName,
  changes: Partial<Pick<PipelineStep, 'status' | 'executionId' | 'startedAt' | 'completedAt' | 'errorMessage'>> & {
    readonly progress?: StepProgress | null;
  },
  now: Date,
): Promise<void> {
  const live = await db
    .update(pipelineTasks)
    .set({ updatedAt: now })
    .where(and(eq(pipelineTasks.id, execution.taskId), eq(pipelineTasks.liveExecution, execution.id)))
    .returning({ id: pipelineTasks.id });
  if (live.length === 0) return;
  await db
    .update(pipelineSteps)
    .set(changes)
    .where(and(eq(pipelineSteps.taskId, execution.taskId), eq(pipelineSteps.step, step)));
}

export async function updateTask(
  state: State,
  id: string,
  changes: Pick<Changes, 'businessContext' | 'directoryExists'>,
  now: Date,
): Promise<void> {
  await state.db
    .update(pipelineTasks)
    .set({ ...changes, updatedAt: now })
    .where(eq(pipelineTasks.id, id));
}

/** Deletes a task without a live execution; false when there is none such. */
export async function deleteTask(state: State, id: string): Promise<boolean> {
  const rows = await state.db
    .delete(pipelineTasks)
    .where(and(eq(pipelineTasks.id, id), isNull(pipelineTasks.liveExecution)))
    .returning({ id: pipelineTasks.id });
  return rows.length === 1;
}

const ORDERS = {
  created: pipelineTasks.createdAt,
  started: pipelineTasks.startedAt,
  completed: pipelineTasks.completedAt,
  name: pipelineTasks.name,
  status: pipelineTasks.status,
};

function conditionOf(filter: TaskFilter): SQL | undefined {
  const within = (column: (typeof ORDERS)['created' | 'started' | 'completed'], period: Period | undefined) => [
    period?.from ? gte(column, period.from) : undefined,
    period?.to ? lte(column, period.to) : undefined,
  ];
  return and(
    filter.status === undefined ? undefined : eq(pipelineTasks.status, filter.status),
    filter.name === undefined ? undefined : ilike(pipelineTasks.name, `%${filter.name.replace(/[\\%_]/g, '\\$&')}%`),
    filter.createdBy === undefined ? undefined : eq(pipelineTasks.createdBy, filter.createdBy),
    filter.dbName === undefined ? undefined : eq(pipelineTasks.dbName, filter.dbName),
    ...within(pipelineTasks.createdAt, filter.created),
    ...within(pipelineTasks.startedAt, filter.started),
    ...within(pipelineTasks.completedAt, filter.completed),
  );
}

async function withSteps(
  session: StateSession,
  rows: readonly (typeof pipelineTasks.$inferSelect)[],
): Promise<readonly TaskRow[]> {
  if (rows.length === 0) return [];
  const steps = await session.db
    .select()
    .from(pipelineSteps)
    .where(
      inArray(
        pipelineSteps.taskId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(pipelineSteps.position));
  return rows.map(({ connection, parameters, result, ...row }) => ({
    ...row,
    parameters: parameters as TaskParameters,
    result: (result ?? null) as Json,
    sealedConnection: connection,
    steps: steps
      .filter((step) => step.taskId === row.id)
      .map((step) => ({
        step: step.step as StepName,
        status: step.status,
        executionId: step.executionId,
        progress: (step.progress ?? null) as StepProgress | null,
        startedAt: step.startedAt,
        completedAt: step.completedAt,
        errorMessage: step.errorMessage,
      })),
  }));
}
