/** What `dist` is made of: the bundles, and the files that they look for beside themselves. */

/** Each bundle, with what stands before its first line; `browser`: it runs in the panel's page, not in Node. */
export const bundles = [
	{ name: 'extension', entry: 'src/extension.ts' },
	{ name: 'cli', entry: 'src/cli/main.ts', banner: '#!/usr/bin/env node' },
	{ name: 'libraryWorker', entry: 'src/library/libraryWorker.ts' },
	{ name: 'llamaProcess', entry: 'src/providers/llamaProcess.ts' },
	{ name: 'sandboxWorker', entry: 'src/providers/sandboxWorker.ts' },
	{ name: 'chemistryWorker', entry: 'src/providers/chemistryWorker.ts' },
	{ name: 'webview/main', entry: 'webview/main.ts', browser: true },
];

/** Files that a bundle looks for beside itself (`__dirname`). */
export const assets = [
	{ from: 'node_modules/sql.js/dist/sql-wasm.wasm', to: 'sql-wasm.wasm' },
	{ from: 'webview/main.css', to: 'webview/main.css' },
	{ from: 'node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm', to: 'quickjs.wasm' },
	{ from: 'node_modules/mathjs/lib/browser/math.js', to: 'mathjs.cjs' },
];

/** How esbuild takes a bundle in: for Node 20 as CommonJS, or for the page of the panel. */
export function platformOf({ browser }) {
	return browser
		? { platform: 'browser', target: 'es2022', format: 'iife' }
		: { platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'] };
}
