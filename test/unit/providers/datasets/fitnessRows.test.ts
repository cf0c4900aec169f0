/** Fitness datasets: from the official table and from a mirror alike, with no variant in both parts. */
import { describe, expect, it } from 'vitest';
import { fitnessDatasets } from '../../../../src/providers/datasets/fitnessDatasets.js';
import { leaveOneOutForm, mirrorBlatForm, officialBlatForm } from '../../../../src/providers/datasets/fitnessRows.js';
import { variants } from '../../../builders/assays.js';

const all = variants(700);
const path = 'examples/variant-prediction/data/BLAT_ECOLX_Ranganathan2015_labeled.csv';
const text = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`);

describe('β-lactamase', () => {
	const head = ',mutant,2500,mutation_effect_prediction_vae_ensemble,esm1v_t33_650M_UR90_1';
	const table = all.map(
		({ mutant, score, features: { good } }, index) => `${index},${mutant},${score},${index === 3 ? '' : good},-1.23456`,
	);
	const official = new Map([[path, text([head, ...table, '700,A9W,,1,1'])]]);

	it('is divided by variants: what is learned from is never measured on', () => {
		const { 'blat-train.jsonl': train = '', 'blat-test.jsonl': test = '' } = officialBlatForm.attachments(official);
		const names = (jsonl: string) =>
			jsonl
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line).mutant);
		expect([names(train).length, names(test).length]).toEqual([140, 560]);
		expect(names(train).filter((name) => names(test).includes(name))).toEqual([]);
		expect(`${train}${test}`).toContain('"esm1v_wt_1":-1.2346');
		expect(`${train}${test}`).toContain('"deepsequence_vae_ensemble":null');
	});

	it('is 20 problems to learn from, others to tune on, and 20 to test', () => {
		const { train = [], dev = [], test = [] } = officialBlatForm.read(official);
		expect([train.length, dev.length, test.length]).toEqual([20, 10, 20]);
		expect(new Set([...train, ...dev, ...test].map(({ question }) => question)).size).toBe(50);
		expect(new Set([...train, ...dev].map(({ assay }) => assay))).toEqual(new Set(['blat-train.jsonl']));
		expect(new Set(test.map(({ assay }) => assay))).toEqual(new Set(['blat-test.jsonl']));
	});

	it('is the same from a mirror folder, whose files hold the variants in our form', () => {
		const rows = (jsonl: string) => text(jsonl.trim().split('\n'));
		const files = officialBlatForm.attachments(official);
		const mirror = new Map([
			['train.jsonl', rows(files['blat-test.jsonl'] ?? '')],
			['test.jsonl', rows(files['blat-train.jsonl'] ?? '')],
			['../dms-BLAT_ECOLX_Stiffler_2015/assay.json', Buffer.from('{"published_zero_shot_spearman":{"EVE":0.7}}')],
		]);
		expect(mirrorBlatForm.attachments(mirror)).toMatchObject(files);
		expect(mirrorBlatForm.attachments(mirror)['blat-test.json']).toContain('"EVE": 0.7');
	});
});

describe('leaving one assay out', () => {
	it('learns on the others and tests on it', () => {
		const lines = all.slice(0, 120).map(({ mutant, score }) => JSON.stringify({ mutant, score }));
		const files = new Map(
			['one', 'two', 'three'].flatMap((name) => [
				[`../dms-${name}/train.jsonl`, text(lines.slice(0, 50))] as const,
				[`../dms-${name}/test.jsonl`, text(lines.slice(50))] as const,
				[`../dms-${name}/assay.json`, Buffer.from(`{"molecule_name":"Protein ${name}"}`)] as const,
			]),
		);
		const { train = [], dev = [], test = [] } = leaveOneOutForm('two', ['one', 'two', 'three']).read(files);
		expect([train.length, dev.length, test.length]).toEqual([8, 4, 20]);
		expect(new Set([...train, ...dev].map(({ assay }) => assay))).toEqual(new Set(['one.jsonl', 'three.jsonl']));
		expect(new Set(test.map(({ assay }) => assay))).toEqual(new Set(['two.jsonl']));
		expect(test[0]?.question).toMatch(/^Protein two\. 100 variants are labelled/u);
	});
});

describe('the fitness datasets', () => {
	it('name every file with its hash', () => {
		for (const { mirror, name } of fitnessDatasets) {
			for (const hash of Object.values(mirror?.source.files ?? {}))
				expect([name, hash]).toEqual([name, expect.stringMatching(/^[0-9a-f]{64}$/u)]);
		}
		expect(fitnessDatasets).toHaveLength(7);
	});
});
