/** Reads the official files of public datasets into rows of problem sets; rows that can't be used are left out and counted. */
import { gunzipSync } from 'node:zlib';
import type { Split } from '../../core/tasks/task.js';
import { fileOf, isRecord, linesOf, type SourceFiles, textOf } from './sourceText.js';

/** One line of a split, as it will stand in its file. */
export type Row = Readonly<Record<string, unknown>> & {
	readonly id: string;
	readonly question: string;
	readonly answer: string;
};

/** Rows of one file or more; `pool` where the source has no splits of its own. */
export type Rows = Readonly<Partial<Record<Split | 'pool', readonly Row[]>>>;

/** Grade-school word problems: the answer stands after "####", calculations in "<<…>>". */
export function gsm8kRows(files: SourceFiles): Rows {
	const rows = (split: 'train' | 'test'): readonly Row[] =>
		linesOf(textOf(files, `grade_school_math/data/${split}.jsonl`)).flatMap((line, index) => {
			const { question, answer } = line;
			if (typeof question !== 'string' || typeof answer !== 'string') return [];
			const [solution, result] = answer.split(/\n####\s*/u);
			if (result === undefined) return [];
			const worked = (solution ?? '').replace(/<<[^<>]*>>/gu, '').trim();
			const row = { id: `gsm8k/${split}/${index}`, question, answer: result.trim().replaceAll(',', '') };
			// A worked answer is something to learn from; on test nobody needs it.
			return [split === 'train' ? { ...row, solution: worked } : row];
		});
	return { train: rows('train'), test: rows('test') };
}

/** One task of BIG-Bench Hard: `examples` with `input` and `target`. */
export function bbhRows(task: string) {
	return (files: SourceFiles): Rows => {
		const parsed: unknown = JSON.parse(textOf(files, `bbh/${task}.json`));
		const examples = isRecord(parsed) && Array.isArray(parsed['examples']) ? parsed['examples'] : [];
		return {
			pool: examples.flatMap((example: unknown, index) => {
				if (!isRecord(example)) return [];
				const { input, target } = example;
				if (typeof input !== 'string' || typeof target !== 'string' || target.trim() === '') return [];
				return [{ id: `bbh/${task}/${index}`, question: input, answer: target, task }];
			}),
		};
	};
}

/** MBPP in JavaScript (MBXP), in the splits of MBPP: 11–510 test, 511–600 validation, 601–974 train. */
export function mbppJsRows(files: SourceFiles): Rows {
	const rows = linesOf(textOf(files, 'data/mbxp/mbjsp_release_v1.2.jsonl')).flatMap((line) => {
		const number = Number(/^MBJSP\/(\d+)$/u.exec(String(line['task_id']))?.[1]);
		const row = codeRow(line, `mxeval/MBJSP/${number}`);
		return row ? [{ ...row, number, entry_point: line['entry_point'] }] : [];
	});
	const between = (first: number, last: number) => rows.filter(({ number }) => number >= first && number <= last);
	return { train: between(601, 974), dev: between(511, 600), test: between(11, 510) };
}

/** HumanEval in JavaScript (HumanEval-X): one list without splits. */
export function humanEvalJsRows(files: SourceFiles): Rows {
	const packed = fileOf(files, 'codegeex/benchmark/humaneval-x/js/data/humaneval_js.jsonl.gz');
	return {
		pool: linesOf(gunzipSync(packed).toString('utf8')).flatMap((line) => {
			const row = codeRow(line, `humaneval-x/${String(line['task_id'])}`);
			return row ? [{ ...row, declaration: line['declaration'] }] : [];
		}),
	};
}

/** The paper's own splits: `question` and `answer` as they are, ids by their place. */
export function paperRows(folder: string, name: string) {
	return (files: SourceFiles): Rows => {
		const rows = (split: 'train' | 'test'): readonly Row[] =>
			linesOf(textOf(files, `${folder}/${split}.jsonl`)).flatMap(({ question, answer }, index) =>
				typeof question === 'string' && answer !== undefined
					? [{ id: `${name}/${split}/${index}`, question: question.trim(), answer: String(answer).trim() }]
					: [],
			);
		return { train: rows('train'), test: rows('test') };
	};
}

/** Files of a mirror folder hold rows in our form already. */
export function mirrorRows(splits: Readonly<Partial<Record<Split, string>>>, keep: (row: Row) => boolean = () => true) {
	return (files: SourceFiles): Rows =>
		Object.fromEntries(
			Object.entries(splits).map(([split, file]) => [
				split,
				linesOf(textOf(files, file)).filter((row): row is Row => isRow(row) && keep(row)),
			]),
		);
}

/** The tests of MBXP compare by a library's `isEqual`; Node's own comparison does the same. */
const ownComparison = 'const _ = { isEqual: require("node:util").isDeepStrictEqual };';

function codeRow(line: Readonly<Record<string, unknown>>, id: string): Row | undefined {
	const { prompt, canonical_solution: solution, test, language } = line;
	if (typeof prompt !== 'string' || typeof solution !== 'string' || typeof test !== 'string') return undefined;
	if (solution.trim() === '') return undefined;
	return {
		id,
		question: prompt,
		answer: solution,
		language: typeof language === 'string' ? language : 'javascript',
		test: test.replace(/^.*require\(["']lodash["']\).*$/mu, ownComparison),
		answer_form: 'continuation',
	};
}

function isRow(value: Readonly<Record<string, unknown>>): value is Row {
	const { id, question, answer } = value;
	const texts = typeof id === 'string' && typeof question === 'string' && typeof answer === 'string';
	return texts && question.trim() !== '' && answer.trim() !== '' && value['verified'] !== false && !value['defect'];
}
