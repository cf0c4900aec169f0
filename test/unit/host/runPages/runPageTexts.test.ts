import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../../src/core/learning/runConfig.js';
import { alignedTables } from '../../../../src/host/runPages/alignedTables.js';
import { changedSettings } from '../../../../src/host/runPages/changedSettings.js';
import { reportDocument } from '../../../../src/host/runPages/reportDocument.js';

const asIs = (text: string) => text;

describe('tables for an editor', () => {
	it('stand in columns, and the lines around them are left alone', () => {
		const markdown = '- One sentence.\n\n| arm | solved |\n|---|---|\n| flex | 12 / 20 |\n| llm | 7 / 20 |\n\nEnd.';
		expect(alignedTables(markdown, asIs).split('\n')).toEqual([
			'- One sentence.',
			'',
			'| arm  | solved  |',
			'| ---- | ------- |',
			'| flex | 12 / 20 |',
			'| llm  | 7 / 20  |',
			'',
			'End.',
		]);
	});

	it('are cleaned cell by cell before they are measured', () => {
		const clean = (text: string) => text.replaceAll('://', ': //');
		expect(alignedTables('| a://b | c |', clean)).toBe('| a: //b | c   |');
	});

	it('may lack cells', () => {
		expect(alignedTables('| a | b |\n| long |', asIs)).toBe('| a    | b   |\n| long |');
	});
});

describe('the settings of a run', () => {
	it('are told where they differ from the usual ones', () => {
		const config = resolveConfig([
			{ name: 'test', values: { training: { epochs: 3 }, models: { default: 'openai:local/a' } } },
		]);
		expect(changedSettings({ config })).toEqual([
			{ name: 'training.epochs', value: '3', usual: String(resolveConfig([]).training.epochs) },
			{ name: 'models.default', value: 'openai:local/a', usual: resolveConfig([]).models.default ?? '–' },
		]);
		expect(changedSettings({ config: resolveConfig([]) })).toEqual([]);
	});

	it('of another version are not guessed at', () => {
		const config = {
			training: { epochs: -1, limit: 0 },
			models: {},
			retrieval: { withhold: 0 },
			evaluation: { samples: 1, temperature: 0 },
		};
		expect(changedSettings({ config })).toBeUndefined();
	});
});

describe('a report in a panel', () => {
	it('is under the policy before anything of its own is read', () => {
		const shown = reportDocument('<!DOCTYPE html>\n<html><head><img src="https://evil.example/x"></head></html>');
		expect(shown.match(/<!doctype/giu)).toHaveLength(1);
		expect(shown.indexOf("default-src 'none'")).toBeGreaterThan(0);
		expect(shown.indexOf("default-src 'none'")).toBeLessThan(shown.indexOf('<img'));
		expect(shown).not.toContain('script-src');
	});
});
