/** A process of its own that inserts into a library: `<folder> <name> <count>`; says which ids were acknowledged. */
import { join } from 'node:path';
import { LibraryEngine } from '../../../src/library/engine.js';
import { experience } from './experiences.js';

const [folder = '', name = '', count = '0', checkpointAfter = '500'] = process.argv.slice(2);

async function write(): Promise<void> {
	const library = await LibraryEngine.open(folder, {
		wasmFile: join(__dirname, 'sql-wasm.wasm'),
		checkpointAfter: Number(checkpointAfter),
	});
	process.send?.({ kind: 'ready' });
	await new Promise((go) => process.once('message', go));
	for (let number = 0; number < Number(count); number++) {
		const id = `${name}-${number}`;
		await library.apply([{ change: { op: 'insert', experience: experience(id) }, by: `process:${name}` }]);
		process.send?.({ kind: 'acknowledged', id });
	}
	await library.close();
	process.disconnect();
}

void write();
