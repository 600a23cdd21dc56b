export type { CommandHost } from './host.ts';
export { type OtherHosts, runCommandLine } from './program.ts';
