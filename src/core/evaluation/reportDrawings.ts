/** Structures in a report: what was asked, what was expected and what came back, drawn where the answers are molecules. */
import type { SampleRecord } from '../learning/runLog.js';
import type { MoleculeDrawing } from '../tasks/moleculeDrawing.js';
import type { Drawings } from './report.js';
import { escapeHtml } from './reportPage.js';

interface Captioned {
	readonly text: string;
	readonly caption: string;
}

/** Product, expected reactants, and each different wrong answer with the arms that gave it; empty where nothing is drawn. */
export function structures(
	{ question, answer }: { readonly question: string; readonly answer: string },
	samples: readonly SampleRecord[],
	drawings: Drawings | undefined,
): string {
	if (!drawings || drawings.size === 0) return '';
	const shown = [
		{ text: question, caption: 'Product' },
		{ text: answer, caption: 'Expected' },
		...wrongAnswers(samples),
	];
	const figures = shown.map(({ text, caption }) => {
		const drawing = drawings.get(text);
		return drawing
			? `<figure>${moleculeSvg(drawing, text)}<figcaption>${escapeHtml(caption)}</figcaption></figure>`
			: '';
	});
	return figures.every((figure) => figure === '') ? '' : `<div class="structures">${figures.join('')}</div>`;
}

/** The first proposal of each answer that was not right, and whose it was. */
export function wrongAnswers(samples: readonly SampleRecord[]): readonly Captioned[] {
	const arms = new Map<string, Set<string>>();
	for (const { arm, answer, verdict } of samples) {
		const text = answer?.split('\n', 1)[0] ?? '';
		if (verdict !== 'incorrect' || text === '') continue;
		const own = arms.get(text);
		if (own) own.add(arm);
		else arms.set(text, new Set([arm]));
	}
	return [...arms].map(([text, own]) => ({ text, caption: [...own].join(', ') }));
}

function moleculeSvg({ width, height, strokes }: MoleculeDrawing, text: string): string {
	const paths = strokes.map(({ ink, path, width: line }) =>
		line === 0
			? `<path class="${ink} solid" d="${path}"/>`
			: `<path class="${ink}" stroke-width="${line}" d="${path}"/>`,
	);
	return `<svg class="molecule" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(`Structure of ${text}`)}">${paths.join('')}</svg>`;
}
