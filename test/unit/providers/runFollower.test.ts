/** Watching a run from elsewhere: a process of its own writes the run's folder, and this one reads along. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/learning/events.js';
import { type FollowEnd, followRun } from '../../../src/providers/runFollower.js';
import { bundle } from '../library/libraryFixtures.js';

/** Owns the run's folder as a training does, and does what it is told, a command a line. */
const writer = `
const { RunFolder } = require(process.argv[1]);
const log = new RunFolder(process.argv[2]);
const emit = (body) => log.event({ v: 1, run: 'RUN', seq: log.nextSeq, at: new Date().toISOString(), ...body });
const commands = {
	start: () => emit({ type: 'run.started', kind: 'train', set: 'two-teams', problems: 2, epochs: 1, resumed: log.nextSeq > 0 }),
	warn: (text) => emit({ type: 'warning', code: 'test', message: text }),
	finish: (status) => emit({ type: 'run.finished', status }),
	close: () => log.close().then(() => process.exit(0)),
};
require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
	const [name, ...rest] = line.split(' ');
	await commands[name](rest.join(' '));
	console.log('did ' + name);
});
console.log('ready');
`;

let bundles = '';
let base = '';
let run = '';
let events = '';
let controller = new AbortController();
const children: ChildProcess[] = [];

beforeAll(async () => {
	bundles = await bundle({ runFolder: 'src/providers/runFolder.ts' });
}, 60_000);
afterAll(() => rmSync(bundles, { recursive: true, force: true }));
beforeEach(() => {
	base = mkdtempSync(join(tmpdir(), 'flex-follow-'));
	run = join(base, 'run');
	events = join(run, 'events.jsonl');
	mkdirSync(run);
	controller = new AbortController();
});
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	rmSync(base, { recursive: true, force: true });
});

interface Owner {
	readonly child: ChildProcess;
	/** Resolves when the process has done it. */
	tell(command: string): Promise<void>;
	kill(): Promise<void>;
}

async function startOwner(): Promise<Owner> {
	const child = spawn(process.execPath, ['-e', writer, join(bundles, 'runFolder.js'), run], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	children.push(child);
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	await lines.next();
	return {
		child,
		async tell(command) {
			child.stdin.write(`${command}\n`);
			await lines.next();
		},
		async kill() {
			child.kill('SIGKILL');
			await once(child, 'exit');
		},
	};
}

/** Reads along; `saw` resolves with the events up to the first one that fits. */
function watching() {
	const seen: RunEvent[] = [];
	let look = (): void => {};
	const read = async (): Promise<FollowEnd> => {
		const following = followRun(run, controller.signal);
		for (;;) {
			const next = await following.next();
			if (next.done) return next.value;
			seen.push(next.value);
			look();
		}
	};
	const end = read();
	const saw = (text: string): Promise<void> =>
		new Promise((resolve) => {
			look = () => {
				if (seen.some((event) => words(event) === text)) resolve();
			};
			look();
		});
	return { seen, end, saw };
}

/** An event in a word: its message, its status, or its type. */
function words(event: RunEvent): string {
	if (event.type === 'warning') return event.message;
	return event.type === 'run.finished' ? event.status : event.type;
}

function line(seq: number, message: string, at = 'now'): string {
	return `${JSON.stringify({ v: 1, run: 'RUN', seq, at, type: 'warning', code: 'test', message })}\n`;
}

it('hands out what there is, then each event as it is written, and ends with the run', async () => {
	const owner = await startOwner();
	await owner.tell('start');
	await owner.tell('warn before');
	const { seen, end, saw } = watching();
	await saw('before');
	await owner.tell('warn während');
	await saw('während');
	await owner.tell('finish done');
	await owner.tell('close').catch(() => {});
	expect(await end).toBe('finished');
	expect(seen.map(words)).toEqual(['run.started', 'before', 'während', 'done']);
	expect(seen.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
});

it('loses none of many events that come while it reads', async () => {
	const owner = await startOwner();
	const { seen, end } = watching();
	const all = Array.from({ length: 300 }, (_, index) => `event ${index}`);
	for (const text of all) await owner.tell(`warn ${text}`);
	await owner.tell('finish done');
	await owner.tell('close').catch(() => {});
	expect(await end).toBe('finished');
	expect(seen.map(words)).toEqual([...all, 'done']);
});

it('replays a run that ended long ago', async () => {
	const owner = await startOwner();
	await owner.tell('start');
	await owner.tell('finish budget');
	await owner.tell('close').catch(() => {});
	const { seen, end } = watching();
	expect(await end).toBe('finished');
	expect(seen.map(words)).toEqual(['run.started', 'budget']);
});

it('says that the process of the run is gone where it did not end it', async () => {
	const owner = await startOwner();
	await owner.tell('start');
	await owner.kill();
	const { seen, end } = watching();
	expect(await end).toBe('abandoned');
	expect(seen.map(words)).toEqual(['run.started']);
});

it('finds out that the process is killed while it watches', async () => {
	const owner = await startOwner();
	await owner.tell('start');
	const { end, saw } = watching();
	await saw('run.started');
	await owner.kill();
	// Whatever happens in the folder is a reason to look; without it, the silence of the owner is one.
	writeFileSync(join(run, 'owner.lock'), readFileSync(join(run, 'owner.lock')));
	expect(await end).toBe('abandoned');
});

it('stays with a run that another process goes on with', async () => {
	const first = await startOwner();
	await first.tell('start');
	await first.tell('warn before');
	const { seen, end, saw } = watching();
	await saw('before');
	// Its lock stays until the next one takes it, and nobody has the run for a moment.
	await first.kill();
	const second = await startOwner();
	await second.tell('start');
	await second.tell('warn again');
	await saw('again');
	await second.tell('finish done');
	await second.tell('close').catch(() => {});
	expect(await end).toBe('finished');
	expect(seen.map(words)).toEqual(['run.started', 'before', 'run.started', 'again', 'done']);
});

/** This process stands in for the owner where the file itself is what matters. */
function own(): void {
	writeFileSync(join(run, 'owner.lock'), JSON.stringify({ pid: process.pid, host: hostname() }));
}

it('waits for the rest of a line, and hands out no half of one', async () => {
	own();
	const [whole, next] = [line(0, 'größe'), line(1, 'next')];
	const bytes = Buffer.from(whole);
	const { seen, end, saw } = watching();
	// Cut within a character of two bytes.
	const cut = bytes.indexOf(0xc3) + 1;
	appendFileSync(events, bytes.subarray(0, cut));
	appendFileSync(events, bytes.subarray(cut));
	await saw('größe');
	appendFileSync(events, next.slice(0, 20));
	rmSync(join(run, 'owner.lock'));
	expect(await end).toBe('abandoned');
	expect(seen.map(words)).toEqual(['größe']);
	expect(readFileSync(events, 'utf8')).toBe(whole + next.slice(0, 20));
});

it('goes on behind a torn line that the next owner cut off, and behind one that no machine can read', async () => {
	own();
	writeFileSync(events, `${line(0, 'one')}{"v":1,"seq`);
	const { seen, end, saw } = watching();
	await saw('one');
	writeFileSync(events, `${line(0, 'one')}\0\0\0{"torn\n${line(1, 'two')}`);
	await saw('two');
	controller.abort();
	expect(await end).toBe('left');
	expect(seen.map(words)).toEqual(['one', 'two']);
});

it('follows the name of the file, not the file: a log that is replaced goes on, a new one begins anew', async () => {
	own();
	writeFileSync(events, line(0, 'one', 'monday') + line(1, 'two'));
	const { seen, end, saw } = watching();
	await saw('two');
	writeFileSync(`${events}.new`, line(0, 'one', 'monday') + line(1, 'two') + line(2, 'three'));
	renameSync(`${events}.new`, events);
	await saw('three');
	rmSync(events);
	writeFileSync(events, line(0, 'anew', 'tuesday'));
	await saw('anew');
	controller.abort();
	expect(await end).toBe('left');
	expect(seen.map(words)).toEqual(['one', 'two', 'three', 'anew']);
});

it('leaves the run alone when the reader leaves', async () => {
	const owner = await startOwner();
	await owner.tell('start');
	const { end, saw } = watching();
	await saw('run.started');
	controller.abort();
	expect(await end).toBe('left');
	await owner.tell('warn still here');
	expect(readFileSync(events, 'utf8')).toContain('still here');
});

it('says that there is no such run', async () => {
	rmSync(run, { recursive: true });
	await expect(watching().end).rejects.toThrow('There is no run');
});
