/** A process of its own that writes answers into a request cache: `<file> <name> <count> <maxBytes>`, when told to go. */
import { FileRequestCache } from '../../src/providers/fileCache.js';
import { answerOf } from './scriptedModel.js';

const [file = '', name = '', count = '0', maxBytes = '0'] = process.argv.slice(2);

process.once('message', () => {
	void write();
});

void FileRequestCache.open(file, { maxBytes: Number(maxBytes) }).then((opened) => {
	cache = opened;
	process.send?.('ready');
});

let cache: FileRequestCache | undefined;

async function write(): Promise<void> {
	for (let n = 0; n < Number(count); n++)
		await cache?.put(`${name}${n.toString(16).padStart(4, '0')}`, answerOf(`${name} ${n}`));
	await cache?.close();
	process.disconnect();
}
