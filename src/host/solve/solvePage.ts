/** What a page of an answer says: the question, right or wrong, the answer, what the model was given, and what it took. */
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import type { SearchHit } from '../../core/experience/store.js';
import { type CommandLink, type Page, type PageAction, PageWriter } from '../pages.js';
import { inertLine } from '../plainText.js';
import { compact, durationWords } from '../runWords.js';
import { type FreeQuestion, folderOf } from './asked.js';
import type { Solved } from './solveWithProgress.js';

/** Characters of a title, and of why an experience was found. */
const longestLine = 160;
const longestDetail = 500;
/** Characters from which an id can be mistaken for nothing else. */
const longId = 12;
/** Words of a question that are named as the reason. */
const mostTerms = 6;

export function solvePage(solved: Solved): Page {
	const { problem, attempt } = solved;
	const page = new PageWriter();
	page.heading(headingOf(solved), 1).quote(problem.question);
	addVerdict(page, solved);
	page.heading(vscode.l10n.t('Answer'));
	if (attempt.answer === undefined) page.line(vscode.l10n.t('None in the form that this problem set asks for.'));
	else page.quote(attempt.answer, citations(solved));
	if (attempt.text.trim() !== attempt.answer?.trim()) {
		page.heading(vscode.l10n.t('What the model wrote')).quote(attempt.text, citations(solved));
	}
	if (attempt.withExperience) addExperience(page, solved);
	addFigures(page, solved);
	return page.page(actionsOf(solved));
}

function headingOf({ attempt, asked, problem }: Solved): string {
	if (!('set' in asked)) {
		return attempt.withExperience
			? vscode.l10n.t('Answered with experience')
			: vscode.l10n.t('Answered without experience');
	}
	const what = inertLine('problem' in asked ? problem.id : vscode.l10n.t('A question of your own'), longestLine);
	return attempt.withExperience
		? vscode.l10n.t('{0}, solved with experience', what)
		: vscode.l10n.t('{0}, solved without experience', what);
}

function addVerdict(page: PageWriter, { problem, openEnded, attempt: { grade } }: Solved): void {
	if (!grade) return;
	const words = {
		correct: vscode.l10n.t('✓ Right'),
		incorrect: vscode.l10n.t('✗ Not right'),
		invalid: vscode.l10n.t('✗ No answer in the form asked for'),
	};
	page.heading(words[grade.verdict]);
	if (grade.judged) page.line(vscode.l10n.t('A language model judged this.')).line();
	if (grade.verdict === 'correct') return;
	const lead = openEnded ? vscode.l10n.t('A good answer:') : vscode.l10n.t('Expected:');
	if (problem.answer.trim() !== '') page.line(lead).line().quote(problem.answer);
	// Most kinds say no more than that it is not what was expected.
	const isNews = grade.detail.trim() !== '' && !grade.detail.includes(problem.answer);
	if (isNews || problem.answer === '') page.line().line(inertLine(grade.detail, longestDetail));
}

function addExperience(page: PageWriter, solved: Solved): void {
	const { hits, leading } = solved.attempt;
	page.heading(vscode.l10n.t('Experience used'));
	if (hits.length === 0) page.line(vscode.l10n.t('Nothing in the library fits this question.'));
	for (const hit of hits) {
		addLink(page, solved, hit.experience);
		page.line(`  ${why(hit)}`);
	}
	if (leading.length === 0) return;
	page.line().line(vscode.l10n.t('In every prompt, whatever the question:')).line();
	for (const experience of leading) addLink(page, solved, experience);
}

function addLink(page: PageWriter, solved: Solved, { id, title }: Experience): void {
	page.link(`- [${id}] `, inertLine(title, longestLine) || id, linkTo(solved, id));
}

/** What the model may name in its answer, by id. */
function citations(solved: Solved): ReadonlyMap<string, CommandLink> {
	const { hits, leading } = solved.attempt;
	const shown = [...hits.map(({ experience }) => experience), ...leading];
	// A short id, as some imports have, is a word of its own only in its brackets.
	const cited = (id: string): string => (id.length >= longId ? id : `[${id}]`);
	return new Map(shown.map(({ id }) => [cited(id), linkTo(solved, id)]));
}

function linkTo({ asked, isOwn }: Solved, id: string): CommandLink {
	const { flex } = folderOf(asked).workspace;
	return {
		command: 'flex.library.open',
		// The folder goes through JSON, and is found again by this path.
		argument: isOwn(id) ? { id } : { folder: { workspace: { flex } }, id },
		tooltip: vscode.l10n.t('Open this experience'),
	};
}

function why({ match, terms }: SearchHit): string {
	const words = inertLine(terms.slice(0, mostTerms).join(', '), longestLine);
	return vscode.l10n.t('{0} % of the question matches: {1}', Math.round(100 * match), words);
}

function addFigures(page: PageWriter, { model, attempt, spent }: Solved): void {
	const { calls, cached, tokensIn, tokensOut, cost, currency = '', estimated } = spent;
	const { ms } = attempt;
	page.heading(vscode.l10n.t('What it took'));
	page.line(`- ${vscode.l10n.t('Model: {0}', inertLine(model, longestLine))}`);
	page.line(`- ${vscode.l10n.t('Model calls: {0}', calls)}${cached > 0 ? `, ${fromMemory(cached)}` : ''}`);
	const tokens = vscode.l10n.t('Tokens: {0} in, {1} out', compact(tokensIn), compact(tokensOut));
	page.line(`- ${tokens}${estimated ? ` ${vscode.l10n.t('(estimated)')}` : ''}`);
	if (calls > 0 && cost !== null && currency !== '') {
		const amount = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 4 }).format(cost);
		page.line(`- ${vscode.l10n.t('Money: {0} {1}', amount, currency)}`);
	}
	page.line(`- ${vscode.l10n.t('Time: {0}', ms < 1000 ? vscode.l10n.t('{0} ms', ms) : durationWords(ms))}`);
}

function fromMemory(cached: number): string {
	return vscode.l10n.t('{0} answers came from the cache and cost nothing', cached);
}

function actionsOf({ asked, attempt: { withExperience } }: Solved): readonly PageAction[] {
	if (!('set' in asked)) return actionsOfFree(asked, withExperience);
	const [other, otherCommand] = withExperience
		? [vscode.l10n.t('Solve without experience'), 'flex.problemSets.solveWithout']
		: [vscode.l10n.t('Solve with experience'), 'flex.problemSets.solve'];
	const same = withExperience ? 'flex.problemSets.solve' : 'flex.problemSets.solveWithout';
	const actions: readonly PageAction[] = [
		// The other way comes first: it is what makes a comparison.
		{ title: other, command: otherCommand, arguments: [asked] },
		{ title: vscode.l10n.t('Solve again'), command: same, arguments: [asked] },
	];
	const open = { title: vscode.l10n.t('Show problem'), command: 'flex.problemSets.open', arguments: [asked] };
	return 'problem' in asked ? [...actions, open] : actions;
}

function actionsOfFree(asked: FreeQuestion, withExperience: boolean): readonly PageAction[] {
	const ask = (title: string, wanted: boolean): PageAction => ({
		title,
		command: '_flex.answer',
		arguments: [asked, wanted],
	});
	return [
		withExperience
			? ask(vscode.l10n.t('Answer without experience, beside this'), false)
			: ask(vscode.l10n.t('Answer with experience, beside this'), true),
		ask(vscode.l10n.t('Answer again'), withExperience),
		{ title: vscode.l10n.t('Choose models'), command: 'flex.chooseModels', arguments: [] },
	];
}
