/** Many listeners of one signal. */
import { expect, it } from 'vitest';
import { onAbort } from '../../../src/core/models/onAbort.js';

it('calls everybody who still waits, once, behind one listener', () => {
	const controller = new AbortController();
	const added: string[] = [];
	const add = controller.signal.addEventListener.bind(controller.signal);
	controller.signal.addEventListener = (...given: Parameters<typeof add>) => {
		added.push(given[0]);
		add(...given);
	};
	const called: number[] = [];
	const forgets = Array.from({ length: 20 }, (_, n) => onAbort(controller.signal, () => called.push(n)));
	forgets[3]?.();
	controller.abort();
	controller.abort();
	expect(called).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
	expect(added).toEqual(['abort']);
});

it('lets one function wait twice', () => {
	const controller = new AbortController();
	let calls = 0;
	const count = () => void calls++;
	const forget = onAbort(controller.signal, count);
	onAbort(controller.signal, count);
	forget();
	controller.abort();
	expect(calls).toBe(1);
});
