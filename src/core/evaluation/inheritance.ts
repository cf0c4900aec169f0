/** The inheritance matrix: whose library helps which model, each cell against that model alone. */

import type { SampleRecord } from '../learning/runLog.js';
import { type ArmResult, armResults, claimOf, type PairResult, pairResults } from './report.js';
import { lintInWords } from './reportLint.js';
import type { ReportHead } from './reportPage.js';
import { holm } from './statistics.js';

/** The arm of a model without any library. */
export function aloneArm(model: string): string {
	return `llm@${model}`;
}

/** The arm of a model with a library. */
export function inheritArm(library: string, model: string): string {
	return `flex@${library}@${model}`;
}

/** A row: a library and who made it. */
export interface MatrixLibrary {
	readonly name: string;
	/** Its `.flex` folder. */
	readonly id: string;
	/** Models that wrote its active experiences. */
	readonly models: readonly string[];
	/** Files that active experiences were imported from. */
	readonly imported: readonly string[];
	readonly experiences: number;
	readonly patterns: number;
	readonly cases: number;
}

type Figures = Omit<ArmResult, 'arm' | 'bySeed'>;

export interface Baseline extends Figures {
	readonly model: string;
}

export interface MatrixCell extends Figures {
	readonly library: string;
	readonly model: string;
	/** The model wrote the library itself: nothing is inherited here. */
	readonly own: boolean;
	/** Against the same model alone; `pHolm` and `claim` over all cells of the matrix. */
	readonly pair: Omit<PairResult, 'a' | 'b'>;
}

export interface InheritanceMatrix {
	readonly libraries: readonly MatrixLibrary[];
	/** Each model alone, in order of columns. */
	readonly baselines: readonly Baseline[];
	/** Row by row. */
	readonly cells: readonly MatrixCell[];
}

export interface MatrixReport extends ReportHead, InheritanceMatrix {
	readonly schema: 1;
	readonly kind: 'matrix';
}

/** The matrix that these answers make; cells that nobody measured are left out. */
export function inheritanceMatrix(
	libraries: readonly MatrixLibrary[],
	models: readonly string[],
	samples: readonly SampleRecord[],
	costOf: (sample: SampleRecord, model: string) => number | null,
): InheritanceMatrix {
	const ofArm = (arm: string) => samples.filter((sample) => sample.arm === arm);
	const figures = (own: readonly SampleRecord[], model: string): Figures | undefined => {
		const [result] = armResults(own, (sample) => costOf(sample, model));
		if (!result) return undefined;
		const { arm: _, bySeed: __, ...rest } = result;
		return rest;
	};
	const baselines = models.flatMap((model) => {
		const found = figures(ofArm(aloneArm(model)), model);
		return found ? [{ model, ...found }] : [];
	});
	const measured = libraries.flatMap((library) =>
		models.flatMap((model) => {
			const own = ofArm(inheritArm(library.name, model));
			const found = figures(own, model);
			const pair = againstAlone(own, ofArm(aloneArm(model)));
			if (!found || !pair) return [];
			return [
				{
					library: library.name,
					model,
					own: library.models.some((writer) => plainId(writer) === plainId(model)),
					...found,
					pair,
				},
			];
		}),
	);
	const adjusted = holm(measured.map(({ pair }) => pair.p));
	const cells = measured.map((cell, index) => {
		const pHolm = adjusted[index] ?? 1;
		return { ...cell, pair: { ...cell.pair, pHolm, claim: claimOf(pHolm, cell.pair.ci95) } };
	});
	return { libraries, baselines, cells };
}

/** A model file given by its path keeps the ending in its id; by its name it has none. */
function plainId(model: string): string {
	return model.replace(/\.gguf$/u, '');
}

/** The two arms under the names that a pair of arms has in every report. */
function againstAlone(
	own: readonly SampleRecord[],
	alone: readonly SampleRecord[],
): Omit<PairResult, 'a' | 'b'> | undefined {
	const named = (samples: readonly SampleRecord[], arm: string) => samples.map((sample) => ({ ...sample, arm }));
	const [pair] = pairResults([...named(own, 'flex'), ...named(alone, 'llm')]);
	if (!pair) return undefined;
	const { a: _, b: __, ...rest } = pair;
	return rest;
}

/** Every sentence of the result: what was inherited first, then what models have of their own. */
export function matrixInWords(report: MatrixReport): readonly string[] {
	const inherited = report.cells.filter(({ own }) => !own);
	const own = report.cells.filter((cell) => cell.own);
	const gap = (report.smallestGap * 100).toFixed(0);
	const { length } = report.cells;
	const adjusted = length > 1 ? `; the chances are adjusted for ${length} comparisons` : '';
	return [
		...[...inherited, ...own].map(cellInWords),
		`With ${report.set.n} problems only gaps of about ${gap} points or more would show${adjusted}.`,
		'Each library is one training seed; another one may give other figures.',
	];
}

function cellInWords({ library, model, own, pair }: MatrixCell): string {
	const points = (share: number) => (share * 100).toFixed(0).replace('-', '−');
	const range = `[${pair.ci95.map(points).join(', ')}]`;
	const whose = own ? `its own library ${library}` : `the library ${library}, which others made,`;
	if (pair.claim === 'no evidence') {
		const sign = pair.diff >= 0 ? '+' : '';
		return `${model} with ${whose} against itself alone: ${sign}${points(pair.diff)} points ${range}, which could be chance.`;
	}
	const direction = pair.claim === 'improved' ? 'more' : 'fewer';
	return `${model} with ${whose} solved ${points(Math.abs(pair.diff))} points ${direction} than alone ${range}.`;
}

/** The matrix as Markdown: the sentences, then the tables. */
export function matrixMarkdown(report: MatrixReport): string {
	const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
	const points = (share: number) => (share * 100).toFixed(1);
	const models = report.baselines.map(({ model }) => model);
	const found = (library: string, model: string) =>
		report.cells.find((cell) => cell.library === library && cell.model === model);
	const rows = report.libraries.map(({ name }) => {
		const cells = models.map((model) => {
			const cell = found(name, model);
			return cell ? `${percent(cell.accuracy)} (${cell.ci95.map(percent).join(' – ')})${cell.own ? ' own' : ''}` : '–';
		});
		return `| ${name} | ${cells.join(' | ')} |`;
	});
	const alone = report.baselines.map(({ accuracy, ci95 }) => `${percent(accuracy)} (${ci95.map(percent).join(' – ')})`);
	return [
		`# ${report.set.name}, ${report.set.split}, n = ${report.set.n}: libraries and models`,
		'',
		...matrixInWords(report).map((sentence) => `- ${sentence}`),
		'',
		`| library | ${models.join(' | ')} |`,
		`|---|${models.map(() => '---|').join('')}`,
		`| none | ${alone.join(' | ')} |`,
		...rows,
		'',
		'| library | model | n | only with it | only alone | points | 95 % | p (Holm) | claim | prompt tokens a question |',
		'|---|---|---|---|---|---|---|---|---|---|',
		...report.cells.map(
			({ library, model, n, pair, tokensIn }) =>
				`| ${library} | ${model} | ${n} | ${pair.onlyA} | ${pair.onlyB} | ${points(pair.diff)} | ${pair.ci95.map(points).join(' – ')} | ${pair.pHolm.toPrecision(2)} | ${pair.claim} | ${Math.round(tokensIn / Math.max(1, n))} |`,
		),
		'',
		...report.libraries.map((library) => `- ${libraryInWords(library)}`),
		...report.models.map((model) => `- ${model.role}: ${model.id}, ${model.identity} (${model.source})`),
		...(report.lint ? lintInWords(report.lint) : []).map((sentence) => `- Contamination lint: ${sentence}`),
		`- Split: sha256 ${report.set.sha256}`,
		`- Run it again: \`${report.command}\``,
		'',
	].join('\n');
}

/** Who made a library, and how large it is. */
export function libraryInWords({ name, models, imported, experiences, patterns, cases }: MatrixLibrary): string {
	const by = models.length > 0 ? `, written with ${models.join(', ')}` : '';
	const from = imported.length > 0 ? `, imported from ${imported.join(', ')}` : '';
	return `Library ${name}: ${experiences} experiences, ${patterns} patterns, ${cases} cases${by}${from}`;
}
