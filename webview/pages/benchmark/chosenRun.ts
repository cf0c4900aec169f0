/** The chosen benchmark as the page knows it: how it stands while it goes on, and its result after. */
import type { Comparisons, ReportPage } from '../../../src/protocol/benchmarks.js';
import type { BoardPage, RunPlace } from '../../../src/protocol/runs.js';
import { connection } from '../../connection.js';
import { isLive, samePlace } from './benchmarkState.js';

export interface ChosenRunPorts {
	/** Something of it is new. */
	readonly changed: () => void;
	/** It came to its end while it was looked at; `sentence` says what came out. */
	readonly finished: (sentence: string) => void;
	/** It is not in the workspace any more; `unbegun`: it was being prepared, and could not begin. */
	readonly gone: (unbegun: boolean) => void;
}

export class ChosenRun {
	place: RunPlace | null = null;
	/** Undefined until it was read, and where it could not be. */
	board: BoardPage | undefined;
	page: ReportPage | undefined;
	comparisons: Comparisons | undefined;
	/** Why there is nothing to show; empty where there is. */
	trouble = '';
	private wasLive = false;
	private asking = false;
	private again = false;
	private comparedSet = '';

	constructor(private readonly ports: ChosenRunPorts) {}

	/** Shows another run, and follows it. */
	async choose(place: RunPlace | null): Promise<void> {
		if (samePlace(place, this.place)) return this.refresh();
		this.place = place;
		this.board = undefined;
		this.page = undefined;
		this.trouble = '';
		this.wasLive = false;
		this.ports.changed();
		await this.read(place, () => connection.ask('watch', { run: place }));
		if (place) await Promise.all([this.readReport(place), this.refresh()]);
	}

	/** Reads how it stands; while one reading goes on, others wait and become one. */
	async refresh(): Promise<void> {
		if (this.asking) {
			this.again = true;
			return;
		}
		this.asking = true;
		do {
			this.again = false;
			await this.readBoard();
		} while (this.again);
		this.asking = false;
	}

	/** @param set whose curves and matrices are shown; empty: none is known yet */
	async compare(set: string, force = false): Promise<void> {
		if (set === '' || (set === this.comparedSet && !force)) return;
		if (set !== this.comparedSet) this.comparisons = undefined;
		this.comparedSet = set;
		// What stands beside the result must not take its place when it can't be read.
		const found = await connection.ask('comparisons', { set }).catch(() => undefined);
		if (set !== this.comparedSet) return;
		this.comparisons = found;
		this.ports.changed();
	}

	/** Ends following; another page may follow a run of its own. */
	leave(): void {
		if (this.place) void connection.ask('watch', { run: null }).catch(() => undefined);
	}

	private async readBoard(): Promise<void> {
		const { place } = this;
		if (!place) return;
		const board = await this.read(place, () => connection.ask('board', place));
		if (!samePlace(place, this.place) || board === undefined) return;
		if (board === null) return this.forget();
		this.board = board;
		const live = isLive(board.run.state);
		const ended = this.wasLive && !live;
		this.wasLive = live;
		this.ports.changed();
		void this.compare(board.run.set);
		if (!ended) return;
		await this.readReport(place);
		if (samePlace(place, this.place)) this.ports.finished(this.page?.words[0] ?? board.message);
	}

	private forget(): void {
		const unbegun = this.board?.run.state === 'preparing';
		this.place = null;
		this.board = undefined;
		this.page = undefined;
		this.wasLive = false;
		this.ports.gone(unbegun);
	}

	private async readReport(place: RunPlace): Promise<void> {
		const page = await this.read(place, () => connection.ask('report', place));
		if (!samePlace(place, this.place) || !page) return;
		this.page = page;
		this.ports.changed();
	}

	private async read<T>(place: RunPlace | null, ask: () => Promise<T>): Promise<T | undefined> {
		try {
			return await ask();
		} catch (error) {
			if (samePlace(place, this.place)) {
				this.trouble = error instanceof Error ? error.message : String(error);
				this.ports.changed();
			}
			return undefined;
		}
	}
}
