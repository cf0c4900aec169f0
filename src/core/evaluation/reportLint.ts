/** The contamination lint as every report shows it: both codes, what chance would find, and where imports stand. */
import type { Lint, LintCode } from './contamination.js';
import { escapeHtml, percent, table } from './reportPage.js';

export const lintCodes: readonly LintCode[] = ['answer-leak', 'harness-words'];

/** One sentence for what was found, and one for each imported file. */
export function lintInWords(lint: Lint): readonly string[] {
	const leaks = `${counted(lint.counts['answer-leak'], 'answer leak')} in ${holders(lint, 'answer-leak')}`;
	const words = `words of the harness in ${counted(lint.counts['harness-words'], 'part')} of ${holders(lint, 'harness-words')}`;
	const chance = `the same test with problems nobody trained on: ${percent(lint.chanceRate)} of experiences`;
	return [`${leaks} (${chance}); ${words}.`, ...importedInWords(lint)];
}

/** How many experiences hold findings of the code, and of how many where that is known. */
function holders({ experiences, origins }: Lint, code: LintCode): string {
	if (!origins) return counted(experiences[code], 'experience');
	const all = origins.reduce((total, origin) => total + origin.experiences, 0);
	return `${experiences[code]} of ${counted(all, 'experience')}`;
}

function importedInWords({ origins = [] }: Lint): readonly string[] {
	return origins.flatMap(({ imported, entries, experiences, entriesWith, experiencesWith }) => {
		if (imported === null) return [];
		const found = lintCodes.map(
			(code) =>
				`${code} in ${entriesWith[code]} of ${entries} published, ${experiencesWith[code]} of ${experiences} imported`,
		);
		return [`${imported}: ${found.join('; ')}.`];
	});
}

const mostFindings = 50;

export function lintHtml(lint: Lint): string {
	const shown = lint.findings.slice(0, mostFindings);
	const rows = shown.map(({ code, experience, part, excerpt, problem = '' }) => [
		code,
		experience,
		part,
		excerpt,
		problem,
	]);
	const more = lint.findings.length - shown.length;
	return [
		...lintInWords(lint).map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
		rows.length === 0 ? '' : table(['code', 'experience', 'part', 'text', 'problem'], rows, [0, 1, 2, 3, 4]),
		more > 0 ? `<p class="quiet">… and ${more} more; "flex-learn lint" has all.</p>` : '',
	].join('\n');
}

function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
