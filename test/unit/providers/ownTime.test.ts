import { describe, expect, it } from 'vitest';
import { ownTime } from '../../../src/providers/ownTime.js';

describe('the time that counts', () => {
	it.each([
		['all of it for a thread that works on an idle machine', 1000, 1000, 1000],
		['what is left of the processor on a busy one', 1000, 300, 300],
		['no more than what went by, where other threads work, too', 1000, 1900, 1000],
		['a tenth for what only waits', 1000, 0, 100],
	])('is %s', (_, went, worked, expected) => {
		let [clock, used] = [5000, 700];
		const elapsed = ownTime({ passed: () => clock, processor: () => used });
		expect(elapsed()).toBe(0);
		[clock, used] = [clock + went, used + worked];
		expect(elapsed()).toBe(expected);
	});

	it('goes on while this process works', () => {
		const elapsed = ownTime();
		const until = process.cpuUsage().user + 20_000;
		while (process.cpuUsage().user < until);
		expect(elapsed()).toBeGreaterThan(15);
	});
});
