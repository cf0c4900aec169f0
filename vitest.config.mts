import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/{unit,integration,webview,ui}/**/*.test.ts'],
		testTimeout: 20_000,
		// On two cores vitest would leave one idle; most of these tests wait for processes and browsers anyway.
		maxWorkers: Math.max(2, availableParallelism() - 1),
	},
});
