/** A client of an embedded state that opens a transaction and holds it until it is killed. Argument: home. */
import { silentLogger } from '../../../src/kernel/index.ts';
import { openState } from '../../../src/storage/index.ts';

const [home] = JSON.parse(process.argv[2]!) as [string];
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

const state = await openState({ home, logger: silentLogger, role: 'client' });
await state.announce('holder');
await state.transaction(async (tx) => {
  await tx.execute("INSERT INTO notes VALUES ('from the client')");
  say({ holding: true });
  await new Promise(() => {
    setInterval(() => {}, 60_000);
  });
});
