/** Where a command takes a password from: standard input, an option, or a generated one that is shown once. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { EngineError } from '../../kernel/index.ts';

export interface PasswordOptions {
  readonly password?: string;
  readonly passwordStdin?: boolean;
}

export interface ChosenPassword {
  readonly password: string;
  readonly generated: boolean;
}

export async function choosePassword({ password, passwordStdin }: PasswordOptions): Promise<ChosenPassword> {
  if (password !== undefined && passwordStdin) {
    throw new EngineError('request-invalid', 'give --password or --password-stdin, not both');
  }
  if (password !== undefined) return { password, generated: false };
  if (!passwordStdin) return { password: randomBytes(15).toString('base64url'), generated: true };
  return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), generated: false };
}
