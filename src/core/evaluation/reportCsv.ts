/** A benchmark's answers as CSV (RFC 4180): one row an answer, for spreadsheets and statistics programs. */
import type { SampleRecord } from '../learning/runLog.js';

/** What is known of a problem beside its answers. */
export interface CsvProblem {
	readonly id: string;
	readonly question: string;
	readonly answer: string;
}

const header = [
	'arm',
	'seed',
	'sample',
	'problem',
	'verdict',
	'answer',
	'expected',
	'question',
	'tokens_in',
	'tokens_out',
	'ms',
	'retrieved',
];

/** @param problems those that could be read; the expected answers of others stay empty */
export function samplesCsv(samples: Iterable<SampleRecord>, problems: readonly CsvProblem[]): string {
	const known = new Map(problems.map((problem) => [problem.id, problem]));
	const rows = [...samples].map(
		({ arm, seed, sample = 0, problem, verdict, answer, tokensIn, tokensOut, ms, retrieved }) => {
			const { answer: expected = '', question = '' } = known.get(problem) ?? {};
			const figures = [tokensIn, tokensOut, ms].map(String);
			return [
				arm,
				String(seed),
				String(sample),
				problem,
				verdict,
				answer ?? '',
				expected,
				question,
				...figures,
				retrieved.join(' '),
			];
		},
	);
	return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
	return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
