/** What the page of a run says: its figures, what it learned, what it got wrong, what was compared, and its settings. */
import * as vscode from 'vscode';
import { type Page, type PageAction, PageWriter } from '../pages.js';
import { inertLine } from '../plainText.js';
import { runFigures, runLabel } from '../runWords.js';
import { runWords } from '../shownRun.js';
import { alignedTables } from './alignedTables.js';
import { changedSettings } from './changedSettings.js';
import type { RunStory } from './readStory.js';

/** More of a list is only counted. */
const mostLearned = 100;
const mostWrong = 100;
const mostWarnings = 50;
/** Characters. */
const longestLine = 160;
const longestWarning = 500;

export function runPage(story: RunStory): Page {
	const { shown } = story;
	const page = new PageWriter();
	page.heading(inertLine(runLabel(shown), longestLine), 1);
	page.line(
		vscode.l10n.t('Run {0} in {1}', inertLine(shown.id, longestLine), inertLine(shown.folder.name, longestLine)),
	);
	addFigures(page, story);
	addReport(page, story);
	addLearned(page, story);
	addWarnings(page, story);
	addWrong(page, story);
	addSettings(page, story);
	return page.page(actionsOf(story));
}

function addFigures(page: PageWriter, { shown }: RunStory): void {
	page.heading(vscode.l10n.t('Figures'));
	for (const { name, label, value } of runFigures(shown)) {
		// Warnings have a part of their own.
		if (name.startsWith('warning')) continue;
		page.line(`- ${inertLine(value === '' ? label : `${label}: ${value}`, longestWarning)}`);
	}
}

function addReport(page: PageWriter, { report }: RunStory): void {
	if (!report) return;
	page.heading(vscode.l10n.t('What was measured'));
	if ('trouble' in report) page.line(inertLine(report.trouble, longestWarning));
	// Its own heading names the problem set, which stands above.
	else page.line(alignedTables(report.markdown.replace(/^# .*\n+/u, '').trimEnd(), inertLine));
}

function addLearned(page: PageWriter, { shown, learned }: RunStory): void {
	if (shown.kind !== 'train') return;
	page.heading(vscode.l10n.t('What was learned'));
	if (learned.length === 0) page.line(vscode.l10n.t('Nothing yet.'));
	const { flex } = shown.folder.workspace;
	for (const { id, title } of learned.slice(0, mostLearned)) {
		if (title === undefined) {
			page.line(`- ${vscode.l10n.t('{0}, which is not in the library any more', inertLine(id, longestLine))}`);
			continue;
		}
		page.link('- ', inertLine(title, longestLine) || id, {
			command: 'flex.library.open',
			// The folder goes through JSON, and is found again by this path.
			argument: { folder: { workspace: { flex } }, id },
			tooltip: vscode.l10n.t('Open this experience'),
		});
	}
	addMore(page, learned.length - mostLearned);
}

function addWarnings(page: PageWriter, { shown: { warnings } }: RunStory): void {
	if (warnings.length === 0) return;
	page.heading(vscode.l10n.t('Warnings'));
	for (const { message, count } of warnings.slice(0, mostWarnings)) {
		const times = count > 1 ? ` (${vscode.l10n.t('{0} times', count)})` : '';
		page.line(`- ${inertLine(message, longestWarning)}${times}`);
	}
	addMore(page, warnings.length - mostWarnings);
}

function addWrong(page: PageWriter, { wrong, questions, set, config }: RunStory): void {
	if (wrong.length === 0) return;
	page.heading(vscode.l10n.t('Problems that were not solved'));
	if (config?.split === 'test') {
		page.line(vscode.l10n.t('These are test problems, so only their ids stand here.')).line();
	}
	for (const { problem, arms } of wrong.slice(0, mostWrong)) {
		const by = arms.length > 0 ? ` (${vscode.l10n.t('not by {0}', inertLine(arms.join(', '), longestLine))})` : '';
		const question = questions.get(problem);
		const id = inertLine(problem, longestLine);
		if (set && question !== undefined) {
			const argument = { set: set.uri.toString(), problem };
			const tooltip = vscode.l10n.t('Show this problem in its file');
			page.link(
				'- ',
				id,
				{ command: '_flex.runs.openProblem', argument, tooltip },
				`${by}: ${inertLine(question, longestLine)}`,
			);
		} else page.line(`- ${id}${by}`);
	}
	addMore(page, wrong.length - mostWrong);
}

function addSettings(page: PageWriter, { config }: RunStory): void {
	if (!config) return;
	page.heading(vscode.l10n.t('Settings'));
	const { split, arms, limit, seeds } = config;
	const given = [
		vscode.l10n.t('Problem set: {0}', config.set),
		split === undefined ? '' : vscode.l10n.t('Problems: {0}', split),
		arms ? vscode.l10n.t('Compared: {0}', arms.join(', ')) : '',
		limit ? vscode.l10n.t('The first {0} problems', limit) : '',
		seeds ? vscode.l10n.t('Training seeds: {0}', seeds.join(', ')) : '',
	];
	for (const text of given) if (text !== '') page.line(`- ${inertLine(text, longestWarning)}`);
	const changed = changedSettings(config);
	if (!changed)
		return void page.line(`- ${vscode.l10n.t('Another version of FLEX began it, and its settings differ.')}`);
	for (const { name, value, usual } of changed) {
		const text = vscode.l10n.t('{0}: {1} (usually {2})', name, value, usual);
		page.line(`- ${inertLine(text, longestWarning)}`);
	}
	page.line(`- ${vscode.l10n.t('Everything else is as FLEX sets it by itself.')}`);
}

function addMore(page: PageWriter, left: number): void {
	if (left > 0) page.line(`- ${vscode.l10n.t('… and {0} more', left)}`);
}

function actionsOf({ shown, report }: RunStory): readonly PageAction[] {
	const words = runWords(shown).split(' ');
	const given = [{ folder: shown.folder, id: shown.id }];
	const action = (title: string, command: string): PageAction => ({ title, command, arguments: given });
	return [
		...(report && 'markdown' in report ? [action(vscode.l10n.t('Open report'), 'flex.runs.report')] : []),
		...(words.includes('live') ? [action(vscode.l10n.t('Stop'), 'flex.runs.stop')] : []),
		...(words.includes('resumable') ? [action(vscode.l10n.t('Resume'), 'flex.runs.resume')] : []),
		...(words.includes('idle') ? [action(vscode.l10n.t('Delete run'), 'flex.runs.delete')] : []),
	];
}
