import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/learning/events.js';
import { RunStream } from '../../../src/core/learning/runStream.js';

function stream(firstSeq = 0) {
	const written: RunEvent[] = [];
	const run = new RunStream({ run: 'RUN', clock: () => 'now', firstSeq, write: (event) => written.push(event) });
	return { run, written };
}

it('numbers events on from where a resumed run stopped, and writes each', () => {
	const { run, written } = stream(7);
	run.emit({ type: 'run.paused' });
	run.emit({ type: 'run.resumed' });
	expect(written.map((event) => [event.seq, event.type])).toEqual([
		[7, 'run.paused'],
		[8, 'run.resumed'],
	]);
});

it('yields every event of the work, and ends with it', async () => {
	const { run } = stream();
	const seen: string[] = [];
	const events = run.follow(async () => {
		run.emit({ type: 'run.paused' });
		await Promise.resolve();
		run.emit({ type: 'run.resumed' });
	});
	for await (const event of events) seen.push(event.type);
	expect(seen).toEqual(['run.paused', 'run.resumed']);
});

it('rethrows what the work threw, after its last event', async () => {
	const { run } = stream();
	const seen: string[] = [];
	const read = async () => {
		const events = run.follow(async () => {
			run.emit({ type: 'run.paused' });
			throw new Error('no more');
		});
		for await (const event of events) seen.push(event.type);
	};
	await expect(read()).rejects.toThrow('no more');
	expect(seen).toEqual(['run.paused']);
});
