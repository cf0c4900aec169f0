/** What `dist` is made of: the bundles, and the files that they look for beside themselves. */

/** Each bundle, with what stands before its first line. */
export const bundles = [
	{ name: 'extension', entry: 'src/extension.ts' },
	{ name: 'cli', entry: 'src/cli/main.ts', banner: '#!/usr/bin/env node' },
	{ name: 'libraryWorker', entry: 'src/library/libraryWorker.ts' },
	{ name: 'llamaProcess', entry: 'src/providers/llamaProcess.ts' },
	{ name: 'sandboxWorker', entry: 'src/providers/sandboxWorker.ts' },
];

/** Files that a bundle looks for beside itself (`__dirname`). */
export const assets = [
	{ from: 'node_modules/sql.js/dist/sql-wasm.wasm', to: 'sql-wasm.wasm' },
	{ from: 'node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm', to: 'quickjs.wasm' },
];
