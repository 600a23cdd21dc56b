/** Encryption of connections at rest: AES-256-GCM with a key of this installation. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { EngineError } from '../kernel/index.ts';

const VERSION = 'v1';
const KEY_BYTES = 32;

export interface SecretBox {
  /** `purpose` is bound to the text: what was sealed for one thing does not open as another. */
  seal(text: string, purpose: string): string;
  /** @throws EngineError `config-invalid` when the key is not the one that sealed it */
  open(sealed: string, purpose: string): string;
}

/** The key is made at the first use, readable by its owner alone. */
export function createSecretBox(keyFile: string): SecretBox {
  let known: Buffer | null = null;
  const key = (): Buffer => {
    known ??= readOrMakeKey(keyFile);
    return known;
  };
  return {
    seal(text, purpose) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key(), iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, purpose) {
      const [version, data = ''] = sealed.split('.');
      const bytes = Buffer.from(data, 'base64url');
      try {
        if (version !== VERSION) throw new Error('another version');
        const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new EngineError(
          'config-invalid',
          'A stored database connection cannot be decrypted with the key in the home (conf/pipeline.key); put the old key back, or make the task again.',
          { cause },
        );
      }
    },
  };
}

/** Written beside and linked into place, so that of several processes one key wins and is never half there. */
function readOrMakeKey(file: string): Buffer {
  const existing = readKey(file);
  if (existing) return existing;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(file)!;
}

function readKey(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new EngineError('config-invalid', 'conf/pipeline.key in the home is not a key of 32 bytes in base64.');
}
