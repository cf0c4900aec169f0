/** Our result in the paper's own table, with what is not the same said beneath it: as a page, and as Markdown. */
import { type PaperComparison, paperArms, paperFigure } from './paperResults.js';
import { escapeHtml } from './reportPage.js';

const gain = 'FLEX − LLM';

/** A line of the table: the model, a figure for each arm, and what FLEX adds to the model alone. */
export type PaperLine = readonly [model: string, ...figures: string[]];

/** The head of the table, its lines as the paper has them, and ours as the last one. */
export function paperTable({ rows, ours }: PaperComparison): {
	readonly head: readonly string[];
	readonly lines: readonly PaperLine[];
} {
	return {
		head: ['model', ...paperArms, gain],
		lines: [...rows, { ...ours, model: `${ours.model} (ours)` }].map(({ model, figures }) => [
			model,
			...figures.map(paperFigure),
			gainOf(figures),
		]),
	};
}

function gainOf([llm = null, , , flex = null]: readonly (number | null)[]): string {
	if (llm === null || flex === null) return '–';
	const points = flex - llm;
	return `${points >= 0 ? '+' : '−'}${Math.abs(points).toFixed(1)}`;
}

export function paperHtml(comparison: PaperComparison): string {
	const { benchmark, differences } = comparison;
	const { head, lines } = paperTable(comparison);
	const heads = head.map((name, at) => `<th scope="col"${at > 0 ? ' class="figure"' : ''}>${escapeHtml(name)}</th>`);
	const body = lines.map(([model, ...figures], at) => {
		const cells = figures.map((figure) => `<td class="figure">${escapeHtml(figure)}</td>`).join('');
		const kind = at === lines.length - 1 ? ' class="ours"' : '';
		return `<tr${kind}><th scope="row">${escapeHtml(model)}</th>${cells}</tr>`;
	});
	const list = differences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('');
	return `<p>${escapeHtml(captionOf(benchmark))}</p>
<div class="scroll"><table class="paper"><thead><tr>${heads.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>
<p class="quiet">What is not the same:</p><ul class="quiet">${list}</ul>`;
}

export function paperMarkdown(comparison: PaperComparison): readonly string[] {
	const { head, lines } = paperTable(comparison);
	return [
		'## Beside the paper',
		'',
		captionOf(comparison.benchmark),
		'',
		`| ${head.join(' | ')} |`,
		`|---|${head
			.slice(1)
			.map(() => '---:|')
			.join('')}`,
		...lines.map((line) => `| ${line.join(' | ')} |`),
		'',
		'What is not the same:',
		'',
		...comparison.differences.map((sentence) => `- ${sentence}`),
		'',
	];
}

export function captionOf({ name, metric, split }: PaperComparison['benchmark']): string {
	return `${name} as the FLEX paper reports it (arXiv 2511.06449): ${metric}; ${split}.`;
}
