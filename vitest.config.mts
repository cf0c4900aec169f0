import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/{unit,integration,webview,ui}/**/*.test.ts'],
		testTimeout: 20_000,
	},
});
