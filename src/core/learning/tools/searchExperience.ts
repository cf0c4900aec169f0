/** The tool `search_experience`: what the library holds on a question that comes up while the model reasons. */
import * as v from 'valibot';
import type { ExperienceStore, RetrievalLimits, SearchQuery } from '../../experience/store.js';
import { hitsWithin, hitText } from './hitTexts.js';
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

/** What is looked for, whoever calls the tool. */
export const querySchema = v.pipe(
	v.string(),
	v.trim(),
	v.nonEmpty(),
	v.transform((text) => text.slice(0, longestQuery)),
);

/** What a model reads where the library has nothing for it. */
export const nothingFits = 'Nothing that was learned fits this query; go on without it.';

const argumentsSchema = v.object({ query: querySchema });

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
			const [result] = await store.search([{ text: given.output.query, limits, ...(exclude ? { exclude } : {}) }]);
			signal.throwIfAborted();
			const { shown } = await hitsWithin(result?.hits ?? [], budgetTokens, hitText);
			if (shown.length === 0) return nothingFits;
			onShown?.(shown.map(({ id }) => id));
			return shown.map((entry) => entry.text).join('\n');
		},
	};
}
