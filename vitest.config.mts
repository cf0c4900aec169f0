import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Those that take the whole machine: a real model's threads wait for each other, and a VS Code is two programs. */
const alone = ['test/ui/**/*.test.ts', 'test/integration/{embeddedModel,realFlow}.test.ts'];

/** On two cores vitest would leave one idle; many of these tests wait for processes and browsers anyway. */
const together = { maxWorkers: Math.max(2, availableParallelism() - 1), sequence: { groupOrder: 0 } };

export default defineConfig({
	test: {
		// For a machine with much else to do; a test that hangs is found out all the same.
		testTimeout: 60_000,
		hookTimeout: 60_000,
		projects: [
			// Small and many: a process of its own for each file would take longer than most of them.
			{
				extends: true,
				test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false, ...together },
			},
			{
				extends: true,
				test: {
					name: 'together',
					include: ['test/{integration,webview}/**/*.test.ts'],
					exclude: alone,
					...together,
				},
			},
			{
				extends: true,
				test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
			},
		],
	},
});
