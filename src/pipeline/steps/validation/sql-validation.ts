/** The third step: every pair is proven, what fails is repaired, and what stays hopeless leaves the file. */
import { copyFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, writeFileAtomically } from '../../../kernel/index.ts';
import type { Step, StepContext } from '../../step.ts';
import { fileStamp } from '../file-stamp.ts';
import { findPairFile, type Pair, readPairs } from '../pair-files.ts';
import { type ProofContext, type ProofFailure, proveSql } from '../prove/prove-sql.ts';
import { oneLineSql } from '../questions/pair-collector.ts';
import { repairByModel, repairByRules } from './repair-sql.ts';
import { modificationsText, summaryText, type ValidatedPair } from './validation-report.ts';

const LOGGER = 'SQLValidator';
const PARALLEL = 5;
/** Failures that may be gone a moment later. */
const PASSING = new Set(['connection', 'busy', 'resource', 'timeout']);
const MOST_RETRIES = 2;

interface Validation {
  readonly context: StepContext;
  readonly proof: ProofContext;
  retries: number;
  attempted: number;
  modelFailures: number;
}

/** Validates the newest pair file of the task. */
export const sqlValidation: Step = async (context) => {
  const started = performance.now();
  const { directory, output, datasource, schema, signal, flags } = context;
  const name = await findPairFile(directory);
  if (name === null) {
    throw new EngineError('not-found', 'There is no pair file (qs_*_pair.json) to validate: run qa_generation first.');
  }
  const path = join(directory, name);
  const read = readPairs(await readFile(path, 'utf8'));
  if (!read.ok) throw new EngineError('request-invalid', `${name} cannot be read: ${read.failure}.`);
  const pairs = read.value;
  const validation: Validation = {
    context,
    proof: { datasource, schema, signal },
    retries: 0,
    attempted: 0,
    modelFailures: 0,
  };
  context.log('INFO', LOGGER, `开始验证: ${name}, 共 ${pairs.length} 条SQL`);
  const validated = new Array<ValidatedPair>(pairs.length);
  let done = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < pairs.length; index = next++) {
      signal.throwIfAborted();
      validated[index] = await validatePair(pairs[index]!, validation);
      done += 1;
      context.progress({ done, total: pairs.length, item: pairs[index]!.question });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  signal.throwIfAborted();
  const seconds = (performance.now() - started) / 1_000;
  const stamp = fileStamp(context.startedAt);
  const at = context.startedAt.toISOString().slice(0, 19);
  const repaired = validated.filter(({ outcome }) => outcome === 'repaired');
  const invalid = validated.filter(({ outcome }) => outcome === 'invalid');
  const changes = flags.modifyOriginalFile && repaired.length + invalid.length > 0;
  if (changes) {
    await keepOriginal(path, join(output, `${name}.backup`));
    const kept = validated.flatMap(({ question, sql, repairedSql, outcome }) =>
      outcome === 'invalid' ? [] : [{ question, sql: oneLineSql(repairedSql ?? sql) }],
    );
    await writeFileAtomically(join(output, name), `${JSON.stringify(kept, null, 2)}\n`);
    await writeFileAtomically(join(output, `file_modifications_${stamp}.log`), modificationsText(name, at, validated));
  }
  await writeFileAtomically(
    join(output, `sql_validation_${stamp}_summary.log`),
    summaryText(name, at, validated, seconds),
  );
  const valid = pairs.length - invalid.length;
  const trivial = validated.filter((pair) => pair.trivial !== null).length;
  const times = validated.filter(({ outcome }) => outcome !== 'invalid').map(({ elapsedMs }) => elapsedMs);
  context.log(
    'INFO',
    LOGGER,
    `验证完成: 有效 ${valid}, 无效 ${invalid.length}, 修复 ${repaired.length}, 无意义 ${trivial}`,
  );
  return {
    result: {
      input_file: name,
      original_sql_count: pairs.length,
      valid_sql_count: valid,
      invalid_sql_count: invalid.length,
      trivial_sql_count: trivial,
      success_rate: pairs.length === 0 ? 0 : Math.round((valid / pairs.length) * 1_000) / 1_000,
      repair_stats: {
        attempted: validation.attempted,
        successful: repaired.length,
        failed: validation.attempted - repaired.length,
      },
      file_modification_stats: {
        modified: changes ? repaired.length : 0,
        deleted: changes ? invalid.length : 0,
        failed_modifications: 0,
      },
      average_execution_time:
        times.length === 0 ? 0 : Math.round(times.reduce((sum, ms) => sum + ms, 0) / times.length) / 1_000,
      total_retries: validation.retries,
      duration: Math.round(seconds * 1_000) / 1_000,
    },
  };
};

/** The first original is kept for good: a second run finds it and leaves it alone. */
async function keepOriginal(path: string, backup: string): Promise<void> {
  const exists = await stat(`${path}.backup`).then(
    () => true,
    () => false,
  );
  if (!exists) await copyFile(path, backup);
}

async function proveWithRetries(sql: string, validation: Validation) {
  let proof = await proveSql(sql, validation.proof);
  for (let retry = 0; retry < MOST_RETRIES && !proof.ok && PASSING.has(proof.failure.code); retry++) {
    validation.retries += 1;
    proof = await proveSql(sql, validation.proof);
  }
  return proof;
}

async function validatePair(pair: Pair, validation: Validation): Promise<ValidatedPair> {
  const { context } = validation;
  const sql = pair.sql.trim().replace(/;\s*$/, '');
  const base = {
    question: pair.question,
    sql: pair.sql,
    repairedSql: null,
    repairedBy: null,
    problem: null,
    attempts: 0,
  };
  const proof = await proveWithRetries(sql, validation);
  if (proof.ok) {
    const { trivial, elapsedMs } = proof.value;
    if (trivial === null) context.log('INFO', LOGGER, `SQL验证通过: ${pair.question}`);
    else context.log('WARNING', LOGGER, `结果无意义(${trivial}): ${pair.question}`);
    return { ...base, outcome: 'valid', trivial, elapsedMs };
  }
  const problem = proof.failure.message;
  context.log('ERROR', LOGGER, `SQL验证失败: ${pair.question} - ${problem}`);
  const repair = await repairPair({ ...pair, sql }, proof.failure, validation);
  if (repair === null) return { ...base, outcome: 'invalid', trivial: null, problem, elapsedMs: 0 };
  context.log('INFO', LOGGER, `SQL修复成功(${repair.by}): ${pair.question}`);
  return {
    ...base,
    outcome: 'repaired',
    trivial: repair.proof.trivial,
    repairedSql: repair.sql,
    repairedBy: repair.by,
    problem,
    elapsedMs: repair.proof.elapsedMs,
    attempts: repair.attempts,
  };
}

async function repairPair(pair: Pair, failure: ProofFailure, validation: Validation) {
  const { context, proof } = validation;
  // Nothing is wrong with the text of a statement that the database did not answer in time.
  if (PASSING.has(failure.code) || failure.code === 'cancelled') return null;
  validation.attempted += 1;
  const byRules = await repairByRules(pair.sql, failure, proof);
  if (byRules.ok) return byRules.value;
  if (!context.flags.llmRepair || context.model === null || validation.modelFailures >= 2) return null;
  const byModel = await repairByModel(pair, failure, proof, context.model);
  if (byModel.ok) return byModel.value;
  if (byModel.failure.reason === 'model-failed') {
    validation.modelFailures += 1;
    context.log('WARNING', LOGGER, `the model could not be asked for a repair: ${pair.question}`);
  }
  return null;
}
