/** Owns an embedded state and serves it to others. Argument: home. */
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState, serveState, stateSocketPath } from '../../../src/storage/index.ts';

const [home] = JSON.parse(process.argv[2]!) as [string];
const state = await openState({ home, logger: silentLogger });
await state.executeScript('CREATE TABLE IF NOT EXISTS notes (body text)');
await serveState(state, stateSocketPath(home));
process.stdout.write(`${JSON.stringify({ serving: process.pid })}\n`);
