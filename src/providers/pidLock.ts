/** Lets one process at a time do something; a lock whose process has died counts for nothing. */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const retryMs = 250;

/** Does `work` while holding the lock `file`; `onWait` is called once if another process holds it. */
export async function withPidLock<T>(
	file: string,
	signal: AbortSignal,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	await mkdir(dirname(file), { recursive: true });
	let told = false;
	while (!(await take(file))) {
		if (await isAbandoned(file)) {
			await rm(file, { force: true });
			continue;
		}
		if (!told) onWait();
		told = true;
		await pause(retryMs, undefined, { signal });
	}
	try {
		return await work();
	} finally {
		await rm(file, { force: true });
	}
}

async function take(file: string): Promise<boolean> {
	const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'EEXIST') return undefined;
		throw error;
	});
	if (!handle) return false;
	await handle.writeFile(`${process.pid} ${hostname()}`);
	await handle.close();
	return true;
}

/** Only on this machine can it be known that a process has died. */
async function isAbandoned(file: string): Promise<boolean> {
	const [pid = '', host = ''] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
	if (host !== hostname()) return false;
	try {
		process.kill(Number(pid), 0);
		return false;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'ESRCH';
	}
}
