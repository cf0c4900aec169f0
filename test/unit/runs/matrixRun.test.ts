import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MatrixRequest, matrixRow, startMatrix, writeMatrix } from '../../../src/runs/matrixRun.js';
import { allOf, configWith, portsOf, ScriptedPool, samplesIn, set, trained, workspace } from './measureWorld.js';

const run = '01KAPQ00000000000000000002';
const never = new AbortController().signal;
const models = ['test:small', 'test:big'];

/** Two libraries: the small model's knows half of the things, the big one's all of them. */
async function world(more: Partial<MatrixRequest> = {}) {
	const place = workspace();
	const half = await trained(workspace(), ['parcel', 'saddle', 'mirror', 'helmet'], { model: 'test:small' });
	const full = await trained(workspace(), undefined, { model: 'test:big' });
	const pool = new ScriptedPool();
	const configFor = (model: string, calls: number | null = null) =>
		configWith({ models: { default: model }, budget: { calls } });
	const request: MatrixRequest = {
		set,
		split: 'dev',
		limit: 0,
		rows: [await matrixRow('half', '/half/.flex', half), await matrixRow('full', '/full/.flex', full)],
		columns: models.map((id) => ({
			model: { id, identity: `hash of ${id}` },
			source: 'script',
			config: configFor(id),
		})),
		...more,
	};
	const start = (signal = never, config = configFor('test:small')) =>
		startMatrix(portsOf(place, half, pool), request, config, run, signal);
	return { place, pool, request, start, configFor };
}

describe('a row', () => {
	it('says who wrote the library, and counts what is active', async () => {
		const store = await trained(workspace(), ['parcel', 'saddle', 'mirror'], { model: 'test:small' });
		await store.apply([{ change: { op: 'retire', id: 'of-saddle' }, by: 'user' }]);
		expect((await matrixRow('a', '/a/.flex', store)).about).toEqual({
			name: 'a',
			id: '/a/.flex',
			models: ['test:small'],
			imported: [],
			experiences: 2,
			patterns: 0,
			cases: 2,
		});
	});
});

describe('a matrix', () => {
	it('measures every model alone and with each library', async () => {
		const { start, request, place } = await world();
		const matrix = await start();
		const events = await allOf(matrix.events);
		expect(events[0]).toMatchObject({ type: 'run.started', kind: 'matrix' });
		expect(samplesIn(events)).toHaveLength(2 * 3 * 8);
		const about = { config: configWith(), run, models: request.columns, command: 'flex-learn matrix', version: '1' };
		const { report, htmlFile } = writeMatrix({ ports: { workspace: place }, ...about, request, matrix });
		expect(report.baselines.map(({ model, accuracy }) => [model, accuracy])).toEqual([
			['test:small', 0],
			['test:big', 0],
		]);
		expect(report.cells.map(({ library, model, accuracy, own }) => [library, model, accuracy, own])).toEqual([
			['half', 'test:small', 0.5, true],
			['half', 'test:big', 0.5, false],
			['full', 'test:small', 1, false],
			['full', 'test:big', 1, true],
		]);
		expect(JSON.parse(readFileSync(join(place.runs, run, 'report.json'), 'utf8'))).toEqual(report);
		expect(readFileSync(htmlFile, 'utf8')).toContain('test:big');
	});

	it('has one model open at a time', async () => {
		const { start, pool } = await world();
		await allOf((await start()).events);
		expect([...pool.asked.keys()]).toEqual(models);
		expect(pool.mostOpen).toBe(1);
	});

	it('goes on after it was stopped in either column, and asks nothing twice', async () => {
		for (const stopAfter of [3, 30]) {
			const { start, configFor, request } = await world();
			const one = configWith({ training: { concurrency: 1 }, models: { default: 'test:small' } });
			const controller = new AbortController();
			let seen = 0;
			const before = await allOf((await start(controller.signal, one)).events, (event) => {
				if (event.type === 'sample' && ++seen === stopAfter) controller.abort();
			});
			expect(before.at(-1)).toMatchObject({ status: 'cancelled' });
			const second = await start(never, configFor('test:small'));
			const after = await allOf(second.events);
			const both = [...samplesIn(before), ...samplesIn(after)];
			expect(new Set(both).size).toBe(both.length);
			expect(both).toHaveLength(2 * (request.rows.length + 1) * 8);
			expect([...second.samples]).toHaveLength(both.length);
		}
	});

	it('holds one cap over all models', async () => {
		const { start, configFor, pool } = await world();
		const events = await allOf((await start(never, configFor('test:small', 30))).events);
		expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'budget' });
		expect(pool.asked.has('test:big')).toBe(true);
		expect(pool.calls).toBe(30);
	});

	it('leaves a line for each use of the test split', async () => {
		const { start, place } = await world({ split: 'test', limit: 2 });
		await allOf((await start()).events);
		expect(existsSync(place.testUses)).toBe(true);
		expect(JSON.parse(readFileSync(place.testUses, 'utf8'))).toMatchObject({
			run,
			limit: 2,
			arms: [
				'llm@test:small',
				'flex@half@test:small',
				'flex@full@test:small',
				'llm@test:big',
				'flex@half@test:big',
				'flex@full@test:big',
			],
		});
	});
});
