/** Shows a run while it goes on: one reader of its event stream among others. */
import { join } from 'node:path';
import type { RunEvent, RunStatus } from '../core/learning/events.js';
import { readEvents } from '../providers/runFollower.js';
import { showGate } from './gatePage.js';
import { compactNumber, duration, percent, progressBar, type Terminal } from './output.js';

export interface RunOutcome {
	readonly status: RunStatus;
	readonly message?: string | undefined;
}

/**
 * Reads a run's events to their end, showing them as a line for people or as JSON lines.
 * @param runs folder of all runs: what was done before a run is resumed is counted from there
 */
export async function showRun(events: AsyncIterable<RunEvent>, terminal: Terminal, runs?: string): Promise<RunOutcome> {
	const view = new ProgressLine(terminal);
	let outcome: RunOutcome = { status: 'failed', message: 'The run ended without saying how.' };
	for await (const event of events) {
		terminal.data(event);
		if (runs !== undefined && event.type === 'run.started' && event.resumed) {
			for await (const earlier of readEvents(join(runs, event.run))) {
				if (earlier.seq < event.seq) view.count(earlier);
			}
		}
		view.show(event);
		if (event.type === 'run.finished') outcome = { status: event.status, message: event.message };
	}
	terminal.clearStatus();
	return outcome;
}

/** Counts what the events say, and writes the one line that changes. */
class ProgressLine {
	private startedAt = Date.now();
	private readonly done = new Map<string, number>();
	private total = 0;
	private epoch = 0;
	private epochs = 1;
	private firstAttempt = 0;
	private kept = 0;
	private dropped = 0;
	private learned = 0;
	private tokens = 0;
	private arm = '';
	private training = false;

	constructor(private readonly terminal: Terminal) {}

	show(event: RunEvent): void {
		this.tell(event);
		this.count(event);
		if (this.arm !== '') this.terminal.status(this.benchmarkLine());
		else if (this.training) this.terminal.status(this.trainingLine());
	}

	/** What is said once, above the line. */
	private tell(event: RunEvent): void {
		switch (event.type) {
			case 'run.started':
				if (event.resumed) this.terminal.note('Going on where the run stopped.');
				return;
			case 'epoch.finished':
				this.terminal.say(
					`  Epoch ${event.epoch + 1}: ${event.firstAttempt} of ${event.problems} solved at the first attempt, ${event.solved} in the end; the library holds ${event.experiences} experiences.`,
				);
				return;
			case 'gate':
				showGate(event, this.terminal);
				return;
			case 'warning':
				this.terminal.warn(event.message);
		}
	}

	/** What changes the line. */
	count(event: RunEvent): void {
		switch (event.type) {
			case 'run.started':
				this.training = event.kind === 'train';
				this.total = event.problems;
				// Of a run that is watched from elsewhere, it lies before the watching.
				this.startedAt = Date.parse(event.at);
				this.epochs = Math.max(1, event.epochs);
				return;
			case 'problem.started':
				this.epoch = event.epoch;
				return;
			case 'model.call':
				if (!event.cached) this.tokens += event.tokensIn + event.tokensOut;
				return;
			case 'distilled':
				if (event.kept) this.kept++;
				else this.dropped++;
				return;
			case 'problem.finished':
				this.add(`epoch ${event.epoch}`);
				if (event.firstAttempt) this.firstAttempt++;
				return;
			case 'library.changed':
				if (event.op === 'insert') this.learned++;
				return;
			case 'sample':
				this.arm = event.arm ?? '';
				this.add(`${this.arm} ${event.seed}`);
				if (event.verdict === 'correct') this.add(`${this.arm} right`);
				return;
			case 'epoch.finished':
				this.firstAttempt = 0;
		}
	}

	private add(key: string): void {
		this.done.set(key, (this.done.get(key) ?? 0) + 1);
	}

	private trainingLine(): string {
		const done = this.done.get(`epoch ${this.epoch}`) ?? 0;
		const epoch = this.epochs > 1 ? `epoch ${this.epoch + 1}/${this.epochs} ` : '';
		const share = done === 0 ? '–' : percent(this.firstAttempt / done);
		return `  ${epoch}${progressBar(done, this.total)}  first attempt ${share} · learned ${this.learned} · lessons ${this.kept} kept, ${this.dropped} dropped · ${compactNumber(this.tokens)} tokens · ${duration(Date.now() - this.startedAt)}`;
	}

	private benchmarkLine(): string {
		const seen = [...this.done].filter(([key]) => key.startsWith(`${this.arm} `) && !key.endsWith(' right'));
		const all = seen.reduce((sum, [, count]) => sum + count, 0);
		const current = seen.at(-1)?.[1] ?? 0;
		const right = this.done.get(`${this.arm} right`) ?? 0;
		return `  ${this.arm.padEnd(11)} ${progressBar(current, this.total)}  ${percent(right / Math.max(1, all))} right · ${duration(Date.now() - this.startedAt)}`;
	}
}
