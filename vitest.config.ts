import { defineConfig } from 'vitest/config';

/** `unit`: beside the sources, no network, clock or model. The others open real engines, sockets and processes. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 15_000 } },
      {
        test: {
          name: 'border',
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Real processes and servers on a shared machine: a test that fails once in CI gets another chance, and is reported.
          retry: process.env.CI ? 2 : 0,
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
