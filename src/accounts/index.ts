export {
  type ConfiguredDatasource,
  createDatasourceRegistry,
  type DatasourceRegistry,
  type RegisteredDatasource,
  workspaceNames,
} from './datasources.ts';
export { ensureFirstAdmin, type FirstAdmin } from './first-admin.ts';
export { createGrantStore, type Grant, type GrantStore, type GrantSubject } from './grants.ts';
export { createLoginThrottle, type LoginThrottle, type SignIn } from './login-throttle.ts';
export { createPasswordChecker, hashPassword, type PasswordChecker } from './passwords.ts';
export { type AccessRule, type AccessTerm, parseAccessRule, resolveRule } from './row-rules.ts';
export type { VariableValue } from './tables.ts';
export {
  createUserStore,
  DEFAULT_WORKSPACE,
  type NewUser,
  type User,
  type UserChange,
  type UserStore,
} from './users.ts';
