/** Runs in words: their names, their figures in a row, and each figure on its own. */
import * as vscode from 'vscode';
import type { Accuracy } from '../runs/runTally.js';
import { oneLine } from './plainText.js';
import { mainAccuracy, type ShownRun } from './shownRun.js';

export interface Figure {
	/** Unique within its run. */
	readonly name: string;
	readonly label: string;
	readonly value: string;
	readonly icon: string;
	/** All of it, where the value is cut. */
	readonly tooltip?: string;
}

const mostWarnings = 8;
/** Characters of a row. */
const longestLine = 200;

export function runLabel({ kind, set, id }: ShownRun): string {
	switch (kind) {
		case 'train':
			return vscode.l10n.t('Training on {0}', set);
		case 'bench':
			return vscode.l10n.t('Benchmark of {0}', set);
		case 'tune':
			return vscode.l10n.t('Tuning on {0}', set);
		case 'curve':
			return vscode.l10n.t('Scaling curve of {0}', set);
		case 'matrix':
			return vscode.l10n.t('Inheritance on {0}', set);
		case 'gate':
			return vscode.l10n.t('Regression check of {0}', set);
		case 'utility':
			return vscode.l10n.t('Worth of experiences on {0}', set);
		case '':
			return vscode.l10n.t('Damaged run {0}', id);
	}
}

/** What kind of run it is, where its set is named already; empty of a damaged one. */
export function kindWord({ kind }: Pick<ShownRun, 'kind'>): string {
	const words: Readonly<Record<ShownRun['kind'], string>> = {
		train: vscode.l10n.t('training'),
		bench: vscode.l10n.t('benchmark'),
		tune: vscode.l10n.t('tuning'),
		curve: vscode.l10n.t('scaling curve'),
		matrix: vscode.l10n.t('inheritance'),
		gate: vscode.l10n.t('regression check'),
		utility: vscode.l10n.t('worth of experiences'),
		'': '',
	};
	return words[kind];
}

/** `34/60 · 55 % · 21k tokens` while it goes on; what it found, and when, afterwards. */
export function runDescription(run: ShownRun): string {
	const { done, total, tokens, lastEventAt } = run;
	const main = mainAccuracy(run.accuracy);
	const right = main ? percent(main) : '';
	const progress = total === undefined ? (done > 0 ? String(done) : '') : `${done}/${total}`;
	const spent = tokens > 0 ? vscode.l10n.t('{0} tokens', compact(tokens)) : '';
	const learned = run.kind === 'train' && run.learned > 0 ? vscode.l10n.t('{0} learned', run.learned) : '';
	const ended = lastEventAt === undefined ? '' : momentOf(lastEventAt);
	switch (run.state) {
		case 'preparing':
			return run.message === '' ? vscode.l10n.t('starting') : run.message;
		case 'running':
			return joined(progress, right, spent);
		case 'paused':
			return joined(vscode.l10n.t('paused'), progress, right, spent);
		case 'stopping':
			return joined(vscode.l10n.t('stopping'), progress, right);
		case 'elsewhere':
			return joined(vscode.l10n.t('running elsewhere'), progress, right);
		case 'done':
			return joined(right, learned, ended);
		case 'damaged':
			return oneLine(run.message, longestLine);
		default:
			return joined(stateWords(run), progress, right, ended);
	}
}

export function stateWords({ state }: ShownRun): string {
	const words: Readonly<Record<ShownRun['state'], string>> = {
		preparing: vscode.l10n.t('starting'),
		running: vscode.l10n.t('running'),
		paused: vscode.l10n.t('paused'),
		stopping: vscode.l10n.t('stopping'),
		elsewhere: vscode.l10n.t('running elsewhere'),
		done: vscode.l10n.t('done'),
		stopped: vscode.l10n.t('stopped'),
		budget: vscode.l10n.t('stopped by the budget'),
		killed: vscode.l10n.t('broken off'),
		failed: vscode.l10n.t('failed'),
		damaged: vscode.l10n.t('damaged'),
	};
	return words[state];
}

/** The rows below a run. */
export function runFigures(run: ShownRun): readonly Figure[] {
	const { message, done, total, accuracy, kind, learned, calls, tokens, durationMs, model } = run;
	const figures: (Figure | undefined)[] = [
		{ name: 'state', label: vscode.l10n.t('State'), value: stateWords(run), icon: 'info' },
		message === '' ? undefined : messageFigure(message),
		total === undefined
			? undefined
			: { name: 'progress', label: vscode.l10n.t('Progress'), value: `${done}/${total}`, icon: 'list-ordered' },
		...accuracy.map(accuracyFigure),
		kind === 'train'
			? { name: 'learned', label: vscode.l10n.t('Experiences learned'), value: String(learned), icon: 'library' }
			: undefined,
		calls > 0
			? {
					name: 'tokens',
					label: vscode.l10n.t('Tokens'),
					value: vscode.l10n.t('{0} in {1} model calls', compact(tokens), calls),
					icon: 'symbol-numeric',
				}
			: undefined,
		costFigure(run),
		durationMs > 0
			? { name: 'time', label: vscode.l10n.t('Time'), value: durationWords(durationMs), icon: 'watch' }
			: undefined,
		model === '' ? undefined : { name: 'model', label: vscode.l10n.t('Model'), value: model, icon: 'hubot' },
		...warningFigures(run),
	];
	return figures.filter((figure) => figure !== undefined);
}

function messageFigure(message: string): Figure {
	return { name: 'message', label: oneLine(message, longestLine), value: '', icon: 'comment', tooltip: message };
}

function accuracyFigure(accuracy: Accuracy): Figure {
	const { name, right, n } = accuracy;
	const value = vscode.l10n.t('{0}, {1} of {2}', percent(accuracy), right, n);
	return { name: `accuracy/${name}`, label: accuracyLabel(name), value, icon: 'target' };
}

export function accuracyLabel(name: string): string {
	const labels: Readonly<Record<string, string>> = {
		'first attempt': vscode.l10n.t('Right at the first attempt'),
		'in the end': vscode.l10n.t('Right in the end'),
		flex: vscode.l10n.t('Right with experience'),
		llm: vscode.l10n.t('Right without experience'),
	};
	return labels[name] ?? vscode.l10n.t('Right: {0}', name);
}

function costFigure({ cost, calls }: ShownRun): Figure | undefined {
	if (!cost || calls === 0) return undefined;
	const label = vscode.l10n.t('Money');
	// Unknown is unknown, and never 0.
	const value =
		cost.cost === null
			? vscode.l10n.t('unknown: the model has no price in flex.prices')
			: new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 4 }).format(cost.cost);
	return {
		name: 'money',
		label,
		value: joinedWords(value, cost.cost === null ? '' : (cost.currency ?? '')),
		icon: 'credit-card',
	};
}

function warningFigures({ warnings }: ShownRun): readonly Figure[] {
	const shown = warnings.slice(0, mostWarnings).map(
		({ message, count }, at): Figure => ({
			name: `warning/${at}`,
			label: oneLine(message, longestLine),
			value: count > 1 ? vscode.l10n.t('{0} times', count) : '',
			icon: 'warning',
			tooltip: message,
		}),
	);
	const left = warnings.length - shown.length;
	if (left === 0) return shown;
	const more = { name: 'warnings', label: vscode.l10n.t('More warnings: {0}', left), value: '', icon: 'warning' };
	return [...shown, more];
}

export function percent({ right, n }: Accuracy): string {
	return vscode.l10n.t('{0} %', Math.round((100 * right) / Math.max(1, n)));
}

export function compact(value: number): string {
	const short = new Intl.NumberFormat(vscode.env.language, { notation: 'compact', maximumFractionDigits: 1 });
	return short.format(value).replace('K', 'k');
}

export function durationWords(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return vscode.l10n.t('{0} s', seconds);
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return vscode.l10n.t('{0} min {1} s', minutes, seconds % 60);
	return vscode.l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** The time of today, the day of before. */
export function momentOf(iso: string): string {
	const moment = new Date(iso);
	const today = moment.toDateString() === new Date().toDateString();
	return moment.toLocaleString(vscode.env.language, today ? { timeStyle: 'short' } : { dateStyle: 'medium' });
}

function joined(...texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join(' · ');
}

function joinedWords(...texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join(' ');
}
