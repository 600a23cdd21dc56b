/** `querent user add|list|disable|enable|passwd|set`. */
import { type Accounts, openAccounts, type User, type VariableValue } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { CommandHost } from '../host.ts';
import { choosePassword, type PasswordOptions } from './password.ts';

interface Common {
  readonly config?: string;
}

interface Attributes {
  readonly role: readonly string[];
  readonly variable: readonly string[];
  readonly workspace: readonly string[];
}

export async function addUser(
  username: string,
  options: Common & Attributes & PasswordOptions & { readonly admin?: boolean },
  host: CommandHost,
): Promise<number> {
  const chosen = await choosePassword(options);
  return withAccounts(options, host, async ({ users }) => {
    const user = await users.add({
      username,
      password: chosen.password,
      isAdmin: options.admin ?? false,
      roles: options.role,
      variables: variablesOf(options.variable),
      workspaces: options.workspace.length > 0 ? options.workspace : ['default'],
    });
    host.out(`added user ${user.username} (id ${user.id})`);
    if (chosen.generated) host.out(`password: ${chosen.password}   (shown once)`);
  });
}

export const listUsers = (options: Common, host: CommandHost): Promise<number> =>
  withAccounts(options, host, async (accounts) => {
    const names = await accounts.workspaces();
    host.out(['id', 'user', 'state', 'roles', 'workspaces', 'variables'].join('\t'));
    for (const user of await accounts.users.list()) host.out(lineOf(user, names));
  });

export const setDisabled = (username: string, disabled: boolean, options: Common, host: CommandHost): Promise<number> =>
  withAccounts(options, host, async ({ users }) => {
    await users.change(username, { disabled });
    host.out(`${disabled ? 'disabled' : 'enabled'} user ${username}`);
  });

export async function changePassword(
  username: string,
  options: Common & PasswordOptions,
  host: CommandHost,
): Promise<number> {
  const chosen = await choosePassword(options);
  return withAccounts(options, host, async ({ users }) => {
    await users.change(username, { password: chosen.password });
    host.out(`changed the password of ${username}`);
    if (chosen.generated) host.out(`password: ${chosen.password}   (shown once)`);
  });
}

/**
 * Roles replace the roles and workspaces the workspaces, an empty name stands for none; variables are added to the
 * variables, and `name=` removes one.
 */
export const setUser = (username: string, options: Common & Attributes, host: CommandHost): Promise<number> =>
  withAccounts(options, host, async ({ users }) => {
    const user = (await users.list()).find((one) => one.username.toLowerCase() === username.toLowerCase());
    const merged = { ...user?.variables, ...variablesOf(options.variable) };
    await users.change(username, {
      ...(options.role.length > 0 ? { roles: options.role.filter((name) => name !== '') } : {}),
      ...(options.workspace.length > 0 ? { workspaces: options.workspace.filter((name) => name !== '') } : {}),
      variables: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')),
    });
    host.out(`changed user ${username}`);
  });

async function withAccounts(
  { config }: Common,
  host: CommandHost,
  work: (accounts: Accounts) => Promise<void>,
): Promise<number> {
  const accounts = await openAccounts(host.loadConfig(config), { logger: host.logger });
  try {
    await work(accounts);
    return 0;
  } finally {
    await accounts.close();
  }
}

/** `name=value`; a value that is JSON (`3`, `["a","b"]`) is that value, anything else is text. */
function variablesOf(texts: readonly string[]): Record<string, VariableValue> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new EngineError('request-invalid', `--variable takes name=value, not \`${text}\``);
      return [text.slice(0, at), valueOfText(text.slice(at + 1))];
    }),
  );
}

function valueOfText(text: string): VariableValue {
  try {
    const value: unknown = JSON.parse(text);
    if (isScalar(value) || (Array.isArray(value) && value.every(isScalar))) return value as VariableValue;
  } catch {
    // Not JSON: the text itself.
  }
  return text;
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const lineOf = (user: User, names: ReadonlyMap<number, string>): string =>
  [
    user.id,
    user.username,
    user.disabled ? 'disabled' : user.isAdmin ? 'admin' : 'active',
    user.roles.join(','),
    user.workspaceIds.map((id) => names.get(id) ?? id).join(','),
    JSON.stringify(user.variables),
  ].join('\t');
