/** The demo with the real default model, in small: train, benchmark, report. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/evaluation/report.js';
import { realModelMissing } from '../realModel.js';

const root = join(import.meta.dirname, '../..');
const out = mkdtempSync(join(tmpdir(), 'flex-demo-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const missing = await realModelMissing();

describe('the embedded model', () => {
	if (missing !== undefined) {
		it.skip(`can't be had here: ${missing.split('\n', 1)[0]}`, () => {});
		return;
	}

	it('learns from two problems, and is measured on two others', { timeout: 240_000 }, async () => {
		// Two threads of a model wait for each other, and all but stand still where something else takes a core.
		mkdirSync(join(out, '.flex'));
		writeFileSync(join(out, '.flex/config.json'), '{"models":{"threads":1}}');
		const args = ['dist/cli.js', 'demo', '--split', 'dev', '--train', '2', '--problems', '2', '--out', out];
		const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
		expect(stdout).toContain('Epoch 1:');
		expect(stdout).toContain('one training seed');
		const report: Report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
		expect(report.library.experiences).toBe(2);
		expect(report.arms.map((arm) => arm.arm)).toEqual(['nearest', 'llm', 'placebo', 'icl-similar', 'flex']);
		expect(report.arms.every((arm) => arm.n === 2)).toBe(true);
		// A real model read real prompts: experience makes them longer.
		const tokens = (name: string) => report.arms.find((arm) => arm.arm === name)?.tokensIn ?? 0;
		expect(tokens('flex')).toBeGreaterThan(tokens('llm'));
		expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Contamination');
	});
});
