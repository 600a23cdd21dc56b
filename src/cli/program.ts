/** The command line: what each command takes, in one place; the commands themselves load on use. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { EngineError } from '../kernel/index.ts';
import { type CommandHost, processHost } from './host.ts';

const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  };

const seconds = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 600)) {
    throw new InvalidArgumentError('must be a number of seconds from 0 to 600');
  }
  return value;
};

/** Commands that live in other hosts; `main.ts` supplies them. */
export interface OtherHosts {
  serve(
    options: {
      readonly host?: string;
      readonly port?: number;
      readonly pipelinePort?: number;
      readonly config?: string;
      readonly workers?: number;
      readonly reload?: boolean;
      readonly debug?: boolean;
      readonly daemon?: boolean;
      readonly action?: 'start' | 'stop' | 'restart' | 'status';
      readonly pidFile?: string;
      readonly daemonLogFile?: string;
      readonly rootPath?: string;
      readonly shutdownTimeout?: number;
      readonly workflow?: string;
      readonly namespace?: string;
      readonly maxSteps?: number;
      readonly loadCp?: string;
    },
    host: CommandHost,
  ): Promise<number>;
}

/** Runs the command line; the promise resolves to the process's exit code. */
export async function runCommandLine(argv: readonly string[], hosts: OtherHosts): Promise<number> {
  const host = processHost();
  let exitCode = 0;
  const program = new Command('querent')
    .description('Ask your databases in plain English or Chinese.')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('(run with --help for what it takes)');
  const config = () => new Option('--config <file>', 'configuration file instead of $QUERENT_HOME/conf/agent.yml');

  program
    .command('ask')
    .description('answer one question')
    .argument('<question>')
    .option(
      '--db <file|url|name>',
      'a CSV, Parquet, JSON, Excel, SQLite or DuckDB file, a postgres:// or mysql:// URL, or a namespace',
    )
    .addOption(
      new Option('--format <format>', 'how to print the answer')
        .choices(['table', 'json', 'csv', 'md'])
        .default('table'),
    )
    .option('--explain', 'show what each phrase was read as')
    .addOption(new Option('--lang <language>', 'language of the words around the result').choices(['en', 'zh']))
    .addOption(config())
    .action(async (question, options) => {
      const { ask } = await import('./commands/ask.ts');
      exitCode = await ask(question, options, host);
    });

  program
    .command('serve')
    .description('serve the HTTP APIs')
    .option('--host <address>', 'address to listen on')
    .option('--port <port>', 'port of all surfaces', integer(0, 65_535))
    .option('--pipeline-port <port>', 'extra port of the pipeline API; 0: none', integer(0, 65_535))
    .option('--workers <count>', 'server processes on the port', integer(1, 64))
    .option('--reload', 'start again when the program or its configuration changes')
    .option('--debug', 'log in detail')
    .option('--daemon', 'run in the background')
    .addOption(
      new Option('--action <action>', 'what to do with the server in the background').choices([
        'start',
        'stop',
        'restart',
        'status',
      ]),
    )
    .option('--pid-file <file>', 'process id of the server in the background')
    .option('--daemon-log-file <file>', 'log of the server in the background')
    .option('--root-path <path>', 'prefix under which a proxy serves this server')
    .option('--shutdown-timeout <seconds>', 'how long running work may take to end', seconds)
    .option('--namespace <name>', 'the namespace that comes first')
    .option('--workflow <name>', 'the plan of requests for the workflow `default`')
    .addOption(new Option('--max-steps <count>', 'nodes that one run may execute').argParser(integer(1, 1_000)))
    .addOption(new Option('--max_steps <count>').argParser(integer(1, 1_000)).hideHelp())
    .addOption(new Option('--load-cp <file>').hideHelp())
    .addOption(new Option('--load_cp <file>').hideHelp())
    .addOption(config())
    .action(async ({ max_steps, load_cp, ...options }) => {
      exitCode = await hosts.serve({ maxSteps: max_steps, loadCp: load_cp, ...options }, host);
    });

  program
    .command('worker')
    .description('run queued work beside the servers; needs a state on a PostgreSQL server')
    .addOption(config())
    .action(async (options) => {
      const { worker } = await import('./commands/worker.ts');
      exitCode = await worker(options, host);
    });

  const db = program.command('db').description('the configured datasources');
  db.command('list')
    .description('list namespaces and their datasources')
    .addOption(config())
    .action(async (options) => {
      const { listDatasources } = await import('./commands/db.ts');
      exitCode = await listDatasources(options, host);
    });
  db.command('check')
    .description('connect to one or all datasources')
    .argument('[name]')
    .addOption(config())
    .action(async (name, options) => {
      const { checkDatasources } = await import('./commands/db.ts');
      exitCode = await checkDatasources(name, options, host);
    });

  const collect = (value: string, all: readonly string[]): string[] => [...all, value];
  const passwordOptions = (command: Command): Command =>
    command
      .option('--password <text>', 'the password; other users of this machine may see it: prefer --password-stdin')
      .option('--password-stdin', 'read the password from standard input; without either one is generated');
  const attributes = (command: Command): Command =>
    command
      .option('--role <name>', 'a role that grants may name; may be repeated', collect, [])
      .option('--variable <name=value>', 'a value for row rules; may be repeated', collect, [])
      .option(
        '--workspace <name>',
        'a workspace; may be repeated; a new user is in `default` when none is given',
        collect,
        [],
      );
  const user = program.command('user').description('who may ask through the open ask API');
  passwordOptions(attributes(user.command('add')))
    .description('add a user')
    .argument('<name>')
    .option('--admin', 'an administrator, whom rights do not restrict')
    .addOption(config())
    .action(async (name, options) => {
      const { addUser } = await import('./commands/user.ts');
      exitCode = await addUser(name, options, host);
    });
  user
    .command('list')
    .description('list the users')
    .addOption(config())
    .action(async (options) => {
      const { listUsers } = await import('./commands/user.ts');
      exitCode = await listUsers(options, host);
    });
  for (const action of ['disable', 'enable'] as const) {
    user
      .command(action)
      .description(`${action} a user`)
      .argument('<name>')
      .addOption(config())
      .action(async (name, options) => {
        const { setDisabled } = await import('./commands/user.ts');
        exitCode = await setDisabled(name, action === 'disable', options, host);
      });
  }
  passwordOptions(user.command('passwd'))
    .description('change a password')
    .argument('<name>')
    .addOption(config())
    .action(async (name, options) => {
      const { changePassword } = await import('./commands/user.ts');
      exitCode = await changePassword(name, options, host);
    });
  attributes(user.command('set'))
    .description('change roles, workspaces and variables; roles and workspaces replace the old ones')
    .argument('<name>')
    .addOption(config())
    .action(async (name, options) => {
      const { setUser } = await import('./commands/user.ts');
      exitCode = await setUser(name, options, host);
    });

  program
    .command('grant')
    .description('say what a user or a role may read of a table; without a table: list what was said')
    .argument('<datasource>', 'its number or name')
    .argument('[table]', 'a table, schema.table, or * for all tables without a grant of their own')
    .option('--user <name>')
    .option('--role <name>')
    .option('--deny', 'the table does not exist for them')
    .option('--hide <columns>', 'columns that do not exist for them, separated by commas')
    .option('--rows <json>', 'the rows they see, e.g. {"column":"region","term":"eq","variable":"region"}')
    .option('--remove', 'take back what was said')
    .option('--workspace <name>', 'move the datasource to a workspace')
    .addOption(config())
    .action(async (datasource, table, options) => {
      const { grant } = await import('./commands/grant.ts');
      exitCode = await grant(datasource, table, options, host);
    });

  program
    .command('catalog')
    .description('show what a datasource contains: tables, columns, keys, values')
    .argument('<name>', 'a namespace, a file or a URL')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .addOption(config())
    .action(async (name, options) => {
      const { showCatalog } = await import('./commands/catalog.ts');
      exitCode = await showCatalog(name, options, host);
    });

  const terms = program.command('terms').description('business words, their synonyms and what they mean');
  const termAttributes = (command: Command): Command =>
    command
      .option('--synonym <word>', 'another word for it; may be repeated', collect, [])
      .option('--description <text>', 'what it means')
      .option('--db <name>', 'a namespace, or namespace/database, where it applies; may be repeated', collect, [])
      .option('--disabled', 'keep it, but do not use it')
      .addOption(config());
  termAttributes(terms.command('add'))
    .description('add a term, or replace the one with this word for these datasources')
    .argument('<word>')
    .action(async (word, options) => {
      const { addTerm } = await import('./commands/terms.ts');
      exitCode = await addTerm(word, options, host);
    });
  terms
    .command('list')
    .description('list the terms')
    .addOption(config())
    .action(async (options) => {
      const { listTerms } = await import('./commands/terms.ts');
      exitCode = await listTerms(options, host);
    });
  termAttributes(terms.command('set'))
    .description('change a term; lists that are given replace the old ones')
    .argument('<id>', 'its number', integer(1, 2_147_483_647))
    .option('--word <word>')
    .option('--everywhere', 'it applies to every datasource')
    .option('--enabled', 'use it again')
    .action(async (id, options) => {
      const { setTerm } = await import('./commands/terms.ts');
      exitCode = await setTerm(id, options, host);
    });
  terms
    .command('remove')
    .description('remove terms')
    .argument('<ids...>', 'their numbers', (text: string, all: number[] | undefined) => [
      ...(all ?? []),
      integer(1, 2_147_483_647)(text),
    ])
    .addOption(config())
    .action(async (ids, options) => {
      const { removeTerms } = await import('./commands/terms.ts');
      exitCode = await removeTerms(ids, options, host);
    });
  terms
    .command('import')
    .description('add the terms of a file with the columns word, synonyms, description, datasources, enabled')
    .argument('<file>', '.csv or .xlsx')
    .addOption(config())
    .action(async (file, options) => {
      const { importTerms } = await import('./commands/terms.ts');
      exitCode = await importTerms(file, options, host);
    });
  terms
    .command('export')
    .description('write all terms to a file')
    .argument('<file>', '.csv or .xlsx')
    .addOption(config())
    .action(async (file, options) => {
      const { exportTerms } = await import('./commands/terms.ts');
      exitCode = await exportTerms(file, options, host);
    });

  const examples = program.command('examples').description('questions with the SQL that answers them');
  examples
    .command('add')
    .description('add an example; its SQL is run first, and it is used only when it ran')
    .argument('<question>')
    .argument('<sql>')
    .requiredOption('--db <name>', 'a namespace, namespace/database, a file or a URL')
    .option('--disabled', 'keep it, but do not use it')
    .addOption(config())
    .action(async (question, sql, options) => {
      const { addExample } = await import('./commands/examples.ts');
      exitCode = await addExample(question, sql, options, host);
    });
  examples
    .command('list')
    .description('list the examples')
    .option('--db <namespace>', 'those of a namespace')
    .addOption(new Option('--status <status>').choices(['candidate', 'confirmed', 'rejected']))
    .addOption(config())
    .action(async (options) => {
      const { listExamples } = await import('./commands/examples.ts');
      exitCode = await listExamples(options, host);
    });
  for (const [action, description] of [
    ['verify', 'run examples again and enable those that run; without ids all that are enabled'],
    ['disable', 'keep examples, but do not use them'],
    ['remove', 'remove examples'],
  ] as const) {
    const command = examples
      .command(action)
      .description(description)
      .argument(action === 'verify' ? '[ids...]' : '<ids...>', 'ids, or how they begin')
      .addOption(config());
    if (action === 'verify') command.option('--db <namespace>', 'those of a namespace');
    command.action(async (ids, options) => {
      const { disableExamples, removeExamples, verifyExamples } = await import('./commands/examples.ts');
      const run = { verify: verifyExamples, disable: disableExamples, remove: removeExamples }[action];
      exitCode = await run(ids, options, host);
    });
  }
  examples
    .command('import')
    .description('add the examples of a file with the columns question, sql, datasource, enabled')
    .argument('<file>', '.csv or .xlsx')
    .option('--db <name>', 'the datasource of rows that name none')
    .addOption(config())
    .action(async (file, options) => {
      const { importExamples } = await import('./commands/examples.ts');
      exitCode = await importExamples(file, options, host);
    });
  examples
    .command('export')
    .description('write the examples to a file')
    .argument('<file>', '.csv or .xlsx')
    .option('--db <namespace>', 'those of a namespace')
    .addOption(config())
    .action(async (file, options) => {
      const { exportExamples } = await import('./commands/examples.ts');
      exitCode = await exportExamples(file, options, host);
    });

  program
    .command('questions')
    .description('show questions that a datasource answers; each was run')
    .argument('<name>', 'a namespace, a file or a URL')
    .addOption(new Option('--lang <language>').choices(['en', 'zh']))
    .addOption(new Option('--limit <count>').argParser(integer(1, 20)).default(4))
    .addOption(config())
    .action(async (name, options) => {
      const { showQuestions } = await import('./commands/questions.ts');
      exitCode = await showQuestions(name, options, host);
    });

  program
    .command('predict')
    .description('answer a file of questions over SQLite databases with the builtin planner')
    .requiredOption('--questions <file>', 'JSON lines {id, db_id, question, conversation?}')
    .requiredOption('--databases <dir>', 'folder with <db_id>/<db_id>.sqlite')
    .requiredOption('--out <file>', 'JSON lines {id, sql, outcome, confidence, ms}')
    .option('--always-answer', 'the best candidate even when unsure')
    .option('--no-probe', 'never touch the database while planning')
    .action(async (options) => {
      const { predict } = await import('./commands/predict.ts');
      exitCode = await predict(options, host);
    });

  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    exitCode = reportError(error, host);
  }
  return exitCode;
}

/** Every failure ends as one readable message; a stack trace only goes to the debug log. */
function reportError(error: unknown, host: CommandHost): number {
  if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')) {
    return Number(error.exitCode) === 0 ? 0 : 1;
  }
  if (error instanceof EngineError) {
    host.error(`querent: ${error.message}`);
  } else {
    host.logger.debug({ err: error }, 'unexpected error');
    host.error(`querent: unexpected error: ${(error as Error).message ?? String(error)}`);
  }
  return 1;
}
