/** `querent grant`: what a user or a role may read of a table. */
import { type Accounts, type Grant, type GrantSubject, openAccounts, parseAccessRule } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { CommandHost } from '../host.ts';

export interface GrantOptions {
  readonly config?: string;
  readonly user?: string;
  readonly role?: string;
  readonly deny?: boolean;
  readonly hide?: string;
  readonly rows?: string;
  readonly remove?: boolean;
  readonly workspace?: string;
}

/** Without a table: lists the grants of a datasource, or moves it to another workspace. */
export async function grant(
  datasource: string,
  table: string | undefined,
  options: GrantOptions,
  host: CommandHost,
): Promise<number> {
  const accounts = await openAccounts(host.loadConfig(options.config), { logger: host.logger });
  try {
    const { id, name } = await accounts.datasource(datasource);
    if (options.workspace !== undefined) {
      await accounts.moveDatasource(id, options.workspace);
      host.out(`${name} belongs to workspace ${options.workspace}`);
    }
    if (table === undefined) {
      if (options.workspace === undefined) await list(id, accounts, host);
      return 0;
    }
    const wanted = await grantOf(id, table, options, accounts);
    if (options.remove) {
      const removed = await accounts.revoke(wanted);
      host.out(removed ? `removed: ${describe(wanted)}` : 'there was no such grant');
      return removed ? 0 : 1;
    }
    await accounts.grant(wanted);
    host.out(describe(wanted));
    return 0;
  } finally {
    await accounts.close();
  }
}

async function grantOf(datasourceId: number, table: string, options: GrantOptions, accounts: Accounts): Promise<Grant> {
  const rows = options.rows === undefined ? null : parseAccessRule(options.rows);
  if (rows && !rows.ok) throw new EngineError('request-invalid', `--rows: ${rows.failure}`);
  const dot = table.lastIndexOf('.');
  if (table === '*' && (rows || options.hide)) {
    throw new EngineError('request-invalid', 'columns and rows are hidden table by table; `*` takes only --deny');
  }
  return {
    subject: await subjectOf(options, accounts),
    datasourceId,
    schema: dot < 0 ? null : table.slice(0, dot),
    table: table.slice(dot + 1),
    allowed: options.deny !== true,
    hiddenColumns: (options.hide ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    rows: rows ? rows.value : null,
  };
}

async function subjectOf({ user, role }: GrantOptions, accounts: Accounts): Promise<GrantSubject> {
  if ((user === undefined) === (role === undefined)) {
    throw new EngineError('request-invalid', 'name whom it is for: --user NAME or --role NAME');
  }
  if (role !== undefined) return { kind: 'role', name: role };
  const found = await accounts.users.findByName(user ?? '');
  if (!found) throw new EngineError('not-found', `there is no user \`${user}\`; querent user list shows them`);
  if (found.isAdmin)
    throw new EngineError('request-invalid', `${user} is an administrator: rights do not restrict one`);
  return { kind: 'user', id: found.id };
}

async function list(datasourceId: number, accounts: Accounts, host: CommandHost): Promise<void> {
  const grants = await accounts.grants.list(datasourceId);
  if (grants.length === 0) host.out('no grants: every member of its workspace may read everything');
  for (const one of grants) host.out(describe(one));
}

function describe({ subject, schema, table, allowed, hiddenColumns, rows }: Grant): string {
  return [
    subject.kind === 'user' ? `user ${subject.id}` : `role ${subject.name}`,
    schema === null ? table : `${schema}.${table}`,
    allowed ? 'allowed' : 'denied',
    ...(hiddenColumns.length > 0 ? [`without ${hiddenColumns.join(', ')}`] : []),
    ...(rows ? [`rows ${JSON.stringify(rows)}`] : []),
  ].join('\t');
}
