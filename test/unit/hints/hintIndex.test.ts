import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { CodeFinding } from '../../../src/core/hints/codePlace.js';
import { hintsAround, hintsOfRange } from '../../../src/core/hints/fileHints.js';
import { HintIndex } from '../../../src/core/hints/hintIndex.js';
import { orderedHints } from '../../../src/core/hints/hintOrder.js';
import { rule } from '../../builders/experiences.js';

const scope = { languages: ['typescript'] };
const rental = rule(
	'rental',
	'Ending a rental',
	'Call `stopMeter` before `closeRental`; the meter runs on otherwise.',
	{
		title: 'closeRental does not stop the meter',
		scope,
	},
);

function indexOf(...experiences: readonly Experience[]): HintIndex {
	const index = new HintIndex();
	for (const experience of experiences) index.put(experience);
	return index;
}

function documentOf(text: string, findings: readonly CodeFinding[] = [], language = 'typescript') {
	const lines = text.split('\n');
	return {
		file: { language, path: 'src/a.ts' },
		lines: { count: lines.length, at: (line: number) => lines[line] ?? '' },
		findings,
	};
}

const code = 'async function end(id) {\n\tconst rental = await find(id);\n\tawait closeRental(rental);\n}';
const ids = (hints: readonly { readonly experience: Experience }[]) => hints.map(({ experience }) => experience.id);

describe('a hint', () => {
	it('is found where the code has its names, and says which', () => {
		const [hint] = hintsAround(indexOf(rental), documentOf(code), 1);
		expect(hint?.experience.id).toBe('rental');
		expect(hint?.reasons.map(({ text }) => text)).toContain('closeRental');
		expect(hint?.line).toBe(2);
	});

	it('is found under another spelling of the name', () => {
		const python = { ...rental, scope: { languages: ['python'] } };
		const document = documentOf('def end(rental):\n    close_rental(rental)', [], 'python');
		expect(ids(hintsAround(indexOf(python), document, 1))).toEqual(['rental']);
	});

	it('is none in code that shares ordinary words with it', () => {
		const document = documentOf('function stop(id) {\n\tcall(id);\n\tstop();\n\tclose(before, otherwise);\n}');
		expect(hintsAround(indexOf(rental), document, 1)).toEqual([]);
	});

	it.each(['proposed', 'quarantined', 'retired'] as const)('is none while it is %s', (status) => {
		expect(hintsAround(indexOf({ ...rental, status }), documentOf(code), 1)).toEqual([]);
	});

	it('is none outside of its scope, or without one', () => {
		expect(hintsAround(indexOf(rental), documentOf(code, [], 'go'), 1)).toEqual([]);
		expect(hintsAround(indexOf({ ...rental, scope: undefined }), documentOf(code), 1)).toEqual([]);
	});

	it('is found by what a compiler says', () => {
		const guard = rule('guard', 'TypeScript reports TS2532', 'Guard the index with `?? fail(...)`.', { scope });
		const document = documentOf('const a = rows[0].at;', [{ line: 0, text: "Object is possibly 'undefined'. TS2532" }]);
		const [hint] = hintsAround(indexOf(guard), document, 0);
		expect(hint).toMatchObject({ onFinding: true, experience: { id: 'guard' } });
		expect(hint?.reasons).toContainEqual({ text: 'TS2532', inFinding: true });
		expect(hintsAround(indexOf(guard), documentOf('const a = rows[0].at;'), 0)).toEqual([]);
	});

	it('comes once for a line, however many blocks lie around it', () => {
		const document = documentOf(`class Desk {\n\trun() {\n\t\tif (now) {\n\t\t\tcloseRental(rental);\n\t\t}\n\t}\n}`);
		expect(hintsOfRange(indexOf(rental), document, { first: 0, last: 6 }).map(({ line }) => line)).toEqual([3]);
	});
});

describe('the index', () => {
	it('follows what changes', () => {
		const index = indexOf(rental);
		index.put({
			...rental,
			title: 'x',
			strategy: { text: 'Use `openDesk`.', sources: [] },
			when: { text: '', sources: [] },
		});
		expect(hintsAround(index, documentOf(code), 1)).toEqual([]);
		index.put(rental);
		expect(ids(hintsAround(index, documentOf(code), 1))).toEqual(['rental']);
		index.put({ ...rental, status: 'retired' });
		expect(index.size).toBe(0);
		expect(hintsAround(index, documentOf(code), 1)).toEqual([]);
	});

	it('finds the same whatever came and went before', () => {
		const others = Array.from({ length: 40 }, (_, at) =>
			rule(`o${at}`, `Calling \`thing${at}Maker\``, `Use \`other${at}Builder\` for the rental.`, { scope }),
		);
		const index = indexOf(...others, rental);
		for (const { id } of others.slice(0, 20)) index.remove(id);
		for (const experience of others.slice(0, 20)) index.put(experience);
		const fresh = indexOf(...others, rental);
		const found = hintsAround(index, documentOf(code), 1);
		expect(found).toEqual(hintsAround(fresh, documentOf(code), 1));
		expect(ids(found)).toEqual(['rental']);
	});
});

describe('the order of hints', () => {
	const counts = { used: 0, solved: 0, helpful: 0, unhelpful: 0 };
	const hintOf = (id: string, more: object = {}) => ({
		experience: rule(id, '', '', { zone: 'golden' }),
		...{ strength: 0.6, reasons: [], onFinding: false, line: 0, lines: [], ...more },
	});

	it('has warnings first that a diagnostic is about', () => {
		const warning = { ...hintOf('w', { onFinding: true }), experience: rule('w', '', '', { zone: 'warning' }) };
		const all = [hintOf('a', { strength: 1 }), hintOf('b', { onFinding: true }), warning];
		expect(ids(orderedHints(all, () => ({ uses: undefined, verdict: undefined })))).toEqual(['w', 'b', 'a']);
	});

	it('puts back what was not helpful, and leaves it out after three times', () => {
		const unhelpful: Readonly<Record<string, number>> = { a: 1, b: 0, c: 3 };
		const order = orderedHints([hintOf('a', { strength: 0.7 }), hintOf('b'), hintOf('c')], ({ experience }) => ({
			uses: { ...counts, unhelpful: unhelpful[experience.id] ?? 0 },
			verdict: undefined,
		}));
		expect(ids(order)).toEqual(['b', 'a']);
	});

	it('trusts benchmarks', () => {
		const order = orderedHints([hintOf('a', { strength: 0.65 }), hintOf('b'), hintOf('c')], ({ experience }) => ({
			uses: undefined,
			verdict: experience.id === 'b' ? 'helps' : experience.id === 'a' ? 'hurts' : undefined,
		}));
		expect(ids(order)).toEqual(['b', 'c', 'a']);
	});
});
