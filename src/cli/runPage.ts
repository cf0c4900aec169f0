/** Runs on the page of a terminal: all of them as a table, one of them in full. */
import { resolve } from 'node:path';
import type { RunConfigFile } from '../runs/runConfigFile.js';
import type { RunDetail, RunSummary } from '../runs/runSummary.js';
import type { Accuracy } from '../runs/runTally.js';
import { compactNumber, duration, percent, progressBar, type Terminal } from './output.js';
import { counted, oneLine, printable, wrapped } from './page.js';
import { commandLine, resumeCommand } from './program.js';

const shownWarnings = 8;
const shownExperiences = 10;

/** Arms of which a table shows the figures. */
const shownArms = 3;

export function showRuns(runs: readonly RunSummary[], terminal: Terminal): void {
	terminal.table(
		['run', 'kind', 'set', 'model', 'state', 'begun', 'time', 'done', 'right', 'calls'],
		runs.map((run) => [
			run.id,
			run.kind || '?',
			oneLine(run.set, 28),
			oneLine(run.model, 32),
			stateOf(run),
			run.startedAt ? localTime(run.startedAt) : '',
			run.durationMs > 0 ? duration(run.durationMs) : '',
			run.total === undefined ? String(run.done) : `${run.done}/${run.total}`,
			figures(run.accuracy),
			String(run.calls),
		]),
	);
}

function stateOf({ state, stoppedBy, owner }: RunSummary): string {
	if (owner) return `running (${owner.pid})`;
	return stoppedBy ? `stopped: ${stoppedWords[stoppedBy]}` : state;
}

const stoppedWords: Readonly<Record<NonNullable<RunSummary['stoppedBy']>, string>> = {
	cancelled: 'cancelled',
	budget: 'budget',
	failed: 'failed',
	killed: 'killed',
};

/** The best known figures first: `flex` and the model alone, or the first attempt. */
function figures(accuracy: readonly Accuracy[]): string {
	const order = ['first attempt', 'in the end', 'flex', 'llm'];
	const rank = ({ name }: Accuracy): number => (order.includes(name) ? order.indexOf(name) : order.length);
	const first = accuracy.toSorted((a, b) => rank(a) - rank(b)).slice(0, shownArms);
	return first.map(({ name, right, n }) => `${shortNames[name] ?? name} ${percent(right / Math.max(1, n))}`).join(', ');
}

const shortNames: Readonly<Record<string, string>> = { 'first attempt': 'first', 'in the end': 'end' };

function localTime(iso: string): string {
	const date = new Date(iso);
	if (Number.isNaN(date.getTime())) return printable(iso);
	const two = (value: number): string => String(value).padStart(2, '0');
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
	return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** One run: what it is, how far it is, what it found. @param titles of the experiences that it taught, by id */
export function showRunPage(run: RunDetail, titles: ReadonlyMap<string, string>, terminal: Terminal): void {
	terminal.say(terminal.bold(`Run ${run.id}`));
	const line = (name: string, text: string): void => {
		const [first = '', ...others] = wrapped(text, ' '.repeat(14));
		terminal.say(`  ${name.padEnd(11)} ${first.trimStart()}`);
		for (const other of others) terminal.say(other);
	};
	line('State', stateInWords(run));
	if (run.kind !== '') line('What', whatInWords(run));
	if (run.startedAt) line('Begun', `${localTime(run.startedAt)}, ${duration(run.durationMs)} at work`);
	if (run.kind !== '') line('Done', run.total === undefined ? String(run.done) : progressBar(run.done, run.total));
	for (const { name, right, n } of run.accuracy) line(name, `${right}/${n} right, ${percent(right / Math.max(1, n))}`);
	line('Calls', callsInWords(run));
	const settings = run.config ? settingsInWords(run.config) : '';
	if (settings !== '') line('Settings', settings);
	showWarnings(run, terminal);
	showLearned(run, titles, terminal);
	const next = nextStep(run);
	if (next === undefined) return;
	terminal.say();
	for (const text of next) terminal.say(`  ${text}`);
}

function stateInWords({ state, owner, stoppedBy, message }: RunDetail): string {
	if (owner) return `running, by process ${owner.pid} on ${owner.host}`;
	const why = message === undefined ? '' : `: ${message}`;
	if (stoppedBy === 'killed') return 'stopped before its end, without saying so';
	return stoppedBy ? `stopped (${stoppedWords[stoppedBy]})${why}` : `${state}${why}`;
}

function whatInWords({ kind, set, split, model, source }: RunDetail): string {
	return `${kind} of ${set}${split === undefined ? '' : ` (${split})`} with ${model}; ${source}`;
}

function callsInWords({ calls, cachedCalls, tokensIn, tokensOut }: RunDetail): string {
	return `${calls} model calls, ${cachedCalls} of them from the cache; ${compactNumber(tokensIn)} tokens in, ${compactNumber(tokensOut)} out`;
}

/** Those that tell runs apart; --json has all. */
function settingsInWords({ kind, config, arms, limit }: RunConfigFile): string {
	const ofTraining = kind === 'train' ? ['epochs', 'rollouts', 'rounds', 'limit', 'seed', 'batch'] : [];
	const given = ofTraining.flatMap((name) => {
		const value = config.training[name];
		return value === undefined ? [] : [`${name} ${String(value)}`];
	});
	const measured = [...(arms ? [`arms ${arms.join(', ')}`] : []), ...(limit ? [`first ${limit} problems`] : [])];
	return [...measured, ...given].join(', ');
}

function showWarnings({ warnings }: RunDetail, terminal: Terminal): void {
	if (warnings.length === 0) return;
	terminal.say();
	terminal.say(terminal.bold('Warnings'));
	for (const { message, count } of warnings.slice(0, shownWarnings)) {
		const [first = '', ...others] = wrapped(count > 1 ? `${message} (${count} times)` : message, '    ');
		terminal.say(`  – ${first.trimStart()}`);
		for (const other of others) terminal.say(other);
	}
	if (warnings.length > shownWarnings) terminal.say(`  … and ${warnings.length - shownWarnings} more; --json has all.`);
}

function showLearned(run: RunDetail, titles: ReadonlyMap<string, string>, terminal: Terminal): void {
	if (run.kind !== 'train') return;
	const { lessons, libraryChanges, experiences } = run;
	terminal.say();
	terminal.say(terminal.bold('What was learned'));
	const changes = Object.entries(libraryChanges).map(([op, count]) => `${op} ${count}`);
	terminal.say(`  Library: ${changes.length > 0 ? changes.join(', ') : 'no change yet'}.`);
	if (lessons.kept + lessons.dropped > 0) {
		terminal.say(`  Lessons written by the model: ${lessons.kept} kept, ${lessons.dropped} dropped.`);
	}
	for (const id of experiences.slice(0, shownExperiences)) {
		terminal.say(`  ${id}  ${oneLine(titles.get(id) ?? '', 72)}`.trimEnd());
	}
	const more = experiences.length - shownExperiences;
	if (more > 0) terminal.say(`  … and ${counted(more, 'experience')} more; "flex-learn show <id>" reads one.`);
}

function nextStep(run: RunDetail): readonly string[] | undefined {
	if (run.state === 'running') return [`Watch it: flex-learn runs ${run.id} --follow`];
	if (run.state === 'stopped') return [`Go on with it: ${resumeCommandOf(run) ?? ''}`];
	if (run.hasReport) return [`Its report: flex-learn report ${run.id}`];
	return undefined;
}

/** How to go on with a run: as it was begun, from the folder where it was begun. Undefined where that can't be said. */
export function resumeCommandOf({ id, config, state, source }: RunDetail): string | undefined {
	if (!config || (state !== 'stopped' && state !== 'running')) return undefined;
	const { startedBy, kind, split } = config;
	if (!startedBy) {
		const model = config.config.models.actor ?? config.config.models.default;
		const named = model === undefined || kind === 'matrix' ? [] : ['--model', model];
		const measured = split !== undefined && kind !== 'tune' ? ['--split', split] : [];
		return commandLine([kind, source, ...named, ...measured, '--resume', id]);
	}
	const command = resumeCommand(id, startedBy.args);
	const there = resolve(startedBy.cwd) === process.cwd();
	return there
		? command
		: `cd ${/\s/u.test(startedBy.cwd) ? JSON.stringify(startedBy.cwd) : startedBy.cwd} && ${command}`;
}
