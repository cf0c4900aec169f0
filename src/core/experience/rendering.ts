/** Experience as a model reads it: rules in the system part, cases as question-and-answer turns, within a token budget. */
import type { ChatMessage } from '../models/chatModel.js';
import { estimateTokens } from '../models/tokenEstimate.js';
import type { Case, Experience } from './experience.js';
import type { SearchHit } from './store.js';

/** Which parts a model gets: chosen by measurement, per model, on `dev`. */
export type RenderingStyle = 'turns' | 'rules' | 'both';
export const renderingStyles: readonly RenderingStyle[] = ['turns', 'rules', 'both'];

export interface RenderingOptions {
	readonly style: RenderingStyle;
	/** Tokens of experience in a prompt at most, leading rules included. */
	readonly budgetTokens: number;
	/** Part of the budget for what leads every prompt of a batch alike; 0 leaves it out. */
	readonly prefixTokens: number;
	/** Cases among it, as turns: they show the form of an answer. */
	readonly leadingCases: number;
	/**
	 * The actor first names the kind of case, then answers, as the turns show it. It then finds the rule that fits by its
	 * own words; only cases that taught a lesson are shown.
	 */
	readonly named: boolean;
	/** Each experience among the rules bears its id, and the model is to name those that it uses. */
	readonly cited?: boolean;
}

export interface RenderedExperience {
	/** Text for the system part: leading rules first, then the retrieved ones; empty where there are none. */
	readonly rules: string;
	/** Cases as turns: those that lead, then the retrieved ones with the best one last. */
	readonly turns: readonly ChatMessage[];
	/** How many of the questions among them lead every prompt alike; they come first. */
	readonly leadingTurns: number;
	/** Ids of the experiences that stand in it, leading ones first. */
	readonly ids: readonly string[];
	readonly ruleCount: number;
	/** The actor is to name the kind of case before it answers. */
	readonly named: boolean;
	readonly tokens: number;
}

/** How a case's answer is written as an assistant turn; empty where it can't be shown. */
export type AnswerForm = (item: Case, experience: Experience) => string;

const plainHeading = 'What experience has taught:';
const citedHeading = 'What experience has taught, by ids in brackets; name the ids of what you use:';

/** Renders what was retrieved, below what leads the library: stable parts first, the best case last. */
export function renderExperience(
	leading: readonly Experience[],
	hits: readonly SearchHit[],
	options: RenderingOptions,
	answerForm: AnswerForm,
): RenderedExperience {
	const form: AnswerForm = options.named ? namedForm(answerForm) : answerForm;
	const prefixTokens = Math.min(options.prefixTokens, options.budgetTokens);
	const withTurns = options.style !== 'rules';
	const fixed = withTurns ? leadingTurns(leading, options.leadingCases, prefixTokens, form) : noTurns;
	const reserved = options.style === 'both' ? prefixTokens : fixed.tokens;
	const shown = new Set(fixed.ids);
	const found = withTurns
		? turnsWithin(
				rankedCases(hits.filter((hit) => !shown.has(hit.experience.id))),
				options.budgetTokens - reserved,
				form,
			)
		: noTurns;
	const heading = options.cited ? citedHeading : plainHeading;
	const linesOf = options.cited ? citedLines : ruleLines;
	const rules = new RuleList(estimateTokens(heading));
	if (options.style !== 'turns') {
		const room = options.budgetTokens - fixed.tokens - found.tokens;
		for (const experience of leading) {
			for (const line of linesOf(experience)) rules.add(line, experience, Math.min(prefixTokens - fixed.tokens, room));
		}
		rules.groupLikeRules();
		for (const hit of hits) {
			for (const line of linesOf(hit.experience, hit)) rules.add(line, hit.experience, room);
		}
	}
	const lines = rules.lines.map((line) => line.text);
	return {
		rules: lines.length > 0 ? `${heading}\n${lines.join('\n')}` : '',
		turns: [...fixed.turns, ...found.turns],
		leadingTurns: fixed.turns.length / 2,
		ids: [...new Set([...rules.lines.map((line) => line.id), ...fixed.ids, ...found.ids])],
		ruleCount: lines.length,
		named: options.named && fixed.turns.length + found.turns.length > 0,
		tokens: fixed.tokens + found.tokens + (lines.length > 0 ? rules.tokens : 0),
	};
}

/** The kind of case in the lesson's own words, then the answer. */
function namedForm(answerForm: AnswerForm): AnswerForm {
	return (item, experience) => {
		const answer = answerForm(item, experience);
		return experience.when.text === '' || answer === '' ? '' : `${experience.when.text}: ${answer}`;
	};
}

/** The rules of an experience as lines: its strategy under its condition, then its patterns. */
export function ruleLines(experience: Experience, hit?: SearchHit): readonly string[] {
	const lines: string[] = [];
	const warning = experience.zone === 'warning' && experience.patterns.length > 0 ? 'Caution: ' : '';
	if (experience.strategy.text !== '' && (hit?.strategy ?? true)) {
		const when = oneLine(experience.when.text).replace(/[\s.:;,]+$/u, '');
		lines.push(`- ${warning}${when === '' ? '' : `${when}: `}${oneLine(experience.strategy.text)}`);
	}
	const shown = hit ? new Set(hit.patterns) : undefined;
	for (const pattern of experience.patterns) {
		if (shown && !shown.has(pattern.id)) continue;
		const example = pattern.examples[0];
		lines.push(`  - ${oneLine(pattern.rule)}${example ? ` (e.g. ${oneLine(example)})` : ''}`);
	}
	return lines;
}

/** As `ruleLines`, with the id in the first line. */
function citedLines(experience: Experience, hit?: SearchHit): readonly string[] {
	const [first, ...others] = ruleLines(experience, hit);
	return first === undefined ? [] : [first.replace('- ', `- [${experience.id}] `), ...others];
}

/** A text of a library in a line of its own: nothing in it begins another one. */
export function oneLine(text: string): string {
	return text.replace(/\s+/gu, ' ').trim();
}

interface RuleLine {
	readonly text: string;
	readonly id: string;
	/** What the rule says to do; rules that say the same stand together. */
	readonly advice: string;
}

/** Lines that fit a budget, each once. */
class RuleList {
	readonly lines: RuleLine[] = [];
	tokens: number;
	private readonly seen = new Set<string>();

	constructor(headingTokens: number) {
		this.tokens = headingTokens;
	}

	add(text: string, { id, strategy }: Experience, limit: number): void {
		const key = text.toLowerCase();
		const cost = estimateTokens(text) + 1;
		if (this.seen.has(key) || this.tokens + cost > limit) return;
		this.seen.add(key);
		this.lines.push({ text, id, advice: strategy.text });
		this.tokens += cost;
	}

	/** Puts rules with the same advice side by side, in order of the first of each: easier to read, and to look up. */
	groupLikeRules(): void {
		const order = new Map<string, number>();
		for (const line of this.lines) if (!order.has(line.advice)) order.set(line.advice, order.size);
		this.lines.sort((a, b) => (order.get(a.advice) ?? 0) - (order.get(b.advice) ?? 0));
	}
}

interface CaseRef {
	readonly item: Case;
	readonly experience: Experience;
}

interface Turns {
	readonly turns: readonly ChatMessage[];
	readonly tokens: number;
	readonly ids: readonly string[];
}

const noTurns: Turns = { turns: [], tokens: 0, ids: [] };

/** The first case of leading experiences, each with another answer as far as there are. */
function leadingTurns(leading: readonly Experience[], count: number, budget: number, form: AnswerForm): Turns {
	const usable = leading.flatMap((experience) => {
		const item = experience.cases.find((candidate) => candidate.question !== '' && form(candidate, experience) !== '');
		return item ? [{ item, experience }] : [];
	});
	const answers = new Set<string>();
	const fresh = usable.filter(({ item }) => !answers.has(item.answer) && answers.add(item.answer));
	const rest = usable.filter((reference) => !fresh.includes(reference));
	return turnsWithin([...fresh, ...rest].slice(0, count), budget, form);
}

/** The cases that fit, as turns with the first one last; one that does not fit is left out, a smaller one may follow. */
function turnsWithin(ranked: readonly CaseRef[], budget: number, form: AnswerForm): Turns {
	const ids: string[] = [];
	const chosen: ChatMessage[][] = [];
	let tokens = 0;
	for (const { item, experience } of ranked) {
		const answer = form(item, experience);
		const cost = estimateTokens(item.question) + estimateTokens(answer) + turnOverhead;
		if (item.question === '' || answer === '' || tokens + cost > budget) continue;
		tokens += cost;
		ids.push(experience.id);
		chosen.unshift([
			{ role: 'user', content: item.question },
			{ role: 'assistant', content: answer },
		]);
	}
	return { turns: chosen.flat(), tokens, ids };
}

/** Tokens that mark a question and an answer as turns. */
const turnOverhead = 8;

/** Cases over all hits: the first of each hit in order of hits, then the second of each, and so on. */
function rankedCases(hits: readonly SearchHit[]): readonly CaseRef[] {
	const ranked: CaseRef[] = [];
	const deepest = Math.max(0, ...hits.map((hit) => hit.cases.length));
	for (let depth = 0; depth < deepest; depth++) {
		for (const { experience, cases } of hits) {
			const item = experience.cases.find((candidate) => candidate.id === cases[depth]);
			if (item) ranked.push({ item, experience });
		}
	}
	return ranked;
}
