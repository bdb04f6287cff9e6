import { defineConfig } from 'vitest/config';

const engineTest = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'golden', include: ['test/golden/**/*.test.ts'] } },
      {
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          globalSetup: 'test/prepare-machine.ts',
          ...engineTest,
        },
      },
      { test: { name: 'bench', include: ['test/bench/**/*.bench.ts'], ...engineTest, testTimeout: 1_200_000 } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'proof', include: ['test/proof/**/*.test.ts'], ...engineTest } },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], ...engineTest } },
    ],
  },
});
