/** The program's entry: the command line, and the server that its `serve` command starts. */
import { runCommandLine } from './cli/index.ts';
import { keepWasmSmall } from './kernel/index.ts';

keepWasmSmall();
process.exitCode = await runCommandLine(process.argv.slice(2), {
  async serve(options, host) {
    const { serve } = await import('./server/index.ts');
    return serve(options, host);
  },
});
