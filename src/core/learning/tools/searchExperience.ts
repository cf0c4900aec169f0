/** The tool `search_experience`: what the library holds on a question that comes up while the model reasons. */
import * as v from 'valibot';
import { ruleLines } from '../../experience/rendering.js';
import type { ExperienceStore, RetrievalLimits, SearchHit, SearchQuery } from '../../experience/store.js';
import { estimateTokens } from '../../models/tokenEstimate.js';
import { type Tool, ToolCallError } from './tool.js';

export interface ExperienceSearch {
	readonly store: Pick<ExperienceStore, 'search'>;
	readonly limits: RetrievalLimits;
	/** The problem that is being solved: what it taught itself is left out. */
	readonly exclude?: SearchQuery['exclude'];
	/** Called with the ids of the experiences that the model gets to read. */
	readonly onShown?: (ids: readonly string[]) => void;
}

/** Characters of a query at most; more would only slow the search down. */
const longestQuery = 2_000;

const argumentsSchema = v.object({ query: v.pipe(v.string(), v.trim(), v.nonEmpty()) });

export function searchExperience(search: ExperienceSearch): Tool {
	return {
		definition: {
			name: 'search_experience',
			description:
				'Looks up what was learned from earlier problems: strategies and rules that fit the query. Ask in the words of the problem or of the step you are at.',
			parameters: {
				type: 'object',
				properties: { query: { type: 'string', description: 'What to look for, in plain words.' } },
				required: ['query'],
				additionalProperties: false,
			},
		},
		async run(args, signal, budgetTokens) {
			const given = v.safeParse(argumentsSchema, args);
			if (!given.success) {
				throw new ToolCallError('search_experience takes {"query": "…"} with some words; call it again like that.');
			}
			signal.throwIfAborted();
			const { store, limits, exclude, onShown } = search;
			const text = given.output.query.slice(0, longestQuery);
			const [result] = await store.search([{ text, limits, ...(exclude ? { exclude } : {}) }]);
			signal.throwIfAborted();
			const shown = withinBudget(result?.hits ?? [], budgetTokens);
			if (shown.length === 0) return 'Nothing that was learned fits this query; go on without it.';
			onShown?.(shown.map(({ id }) => id));
			return shown.map((entry) => entry.text).join('\n');
		},
	};
}

interface ShownHit {
	readonly id: string;
	readonly text: string;
}

/** The best hits, whole; one that does not fit is left out, a smaller one may follow. */
function withinBudget(hits: readonly SearchHit[], budgetTokens: number): readonly ShownHit[] {
	const shown: ShownHit[] = [];
	let left = budgetTokens;
	for (const hit of hits) {
		const text = hitText(hit);
		const cost = text === '' ? 0 : estimateTokens(text);
		if (text === '' || cost > left) continue;
		left -= cost;
		shown.push({ id: hit.experience.id, text });
	}
	return shown;
}

/** Id and title, then its rules; where it has none, the case that fits best. Empty where nothing of it can be shown. */
function hitText(hit: SearchHit): string {
	const { experience, strategy } = hit;
	const rules = ruleLines(experience, hit);
	const lines = rules.length > 0 ? rules : caseLines(hit);
	if (lines.length === 0) return '';
	// The title sums up the strategy: where the problem itself taught that, the title would tell it.
	const title = strategy && experience.title !== '' ? ` ${experience.title}` : '';
	return [`[${experience.id}]${title}`, ...lines].join('\n');
}

function caseLines({ experience, cases }: SearchHit): readonly string[] {
	const best = experience.cases.find((item) => item.id === cases[0]);
	if (!best || best.question === '' || best.answer === '') return [];
	return [`- Solved before: ${best.question.replace(/\s+/gu, ' ')} Answer: ${best.answer}`];
}
