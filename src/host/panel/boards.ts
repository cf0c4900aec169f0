/** The boards of runs: the one that is watched follows its run, the others are read when they are asked for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunBoardView } from '../../core/learning/runBoardView.js';
import type { RunBoard } from '../../runs/runBoard.js';
import type { RunTarget } from '../runArgument.js';

interface Followed {
	readonly path: string;
	readonly controller: AbortController;
	/** Resolves at the first board. */
	readonly first: Promise<RunBoard>;
	board: RunBoard | undefined;
	/** No more events come, until somebody goes on with the run. */
	over: boolean;
}

export class Boards {
	/** The folder of the run that is watched; a run that was started a moment ago has none yet. */
	private watched: string | undefined;
	private followed: Followed | undefined;

	/** @param changed called when the board that is watched has news, at most five times a second */
	constructor(
		private readonly changed: () => void,
		private readonly failed: (error: unknown) => void,
	) {}

	/** Follows this run from now on; undefined: none. */
	watch(target: RunTarget | undefined): void {
		this.watched = target && pathOf(target);
		if (this.followed?.path !== this.watched) this.leave();
		this.look();
	}

	/** Runs began, went on, or ended. */
	look(): void {
		const { watched, followed } = this;
		if (watched === undefined || !existsSync(watched)) return;
		if (!followed) this.followed = this.follow(watched, this.changed);
		else if (followed.over && existsSync(join(watched, 'owner.lock'))) {
			const again = this.follow(watched, this.changed);
			again.board = followed.board;
			this.followed = again;
		}
	}

	/** Empty where the run has written nothing yet. @throws {RunFolderError} */
	async view(target: RunTarget, epoch: number | undefined): Promise<RunBoardView> {
		const path = pathOf(target);
		if (!existsSync(path)) {
			const { RunBoard } = await import('../../runs/runBoard.js');
			return new RunBoard().view();
		}
		const { followed } = this;
		if (followed?.path === path) return (followed.board ?? (await followed.first)).view(epoch);
		const other = this.follow(path, () => {});
		try {
			return (await other.first).view(epoch);
		} finally {
			other.controller.abort();
		}
	}

	dispose(): void {
		this.watched = undefined;
		this.leave();
	}

	private leave(): void {
		this.followed?.controller.abort();
		this.followed = undefined;
	}

	private follow(path: string, changed: () => void): Followed {
		const controller = new AbortController();
		let begin: (board: RunBoard) => void = () => {};
		let refuse: (error: unknown) => void = () => {};
		const first = new Promise<RunBoard>((resolve, reject) => {
			begin = resolve;
			refuse = reject;
		});
		first.catch(() => {});
		const followed: Followed = { path, controller, first, board: undefined, over: false };
		const run = async (): Promise<void> => {
			const { followBoard } = await import('../../runs/followBoard.js');
			await followBoard(path, controller.signal, (board) => {
				followed.board = board;
				begin(board);
				changed();
			});
			followed.over = true;
		};
		run().catch((error: unknown) => {
			refuse(error);
			if (this.followed === followed) this.followed = undefined;
			this.failed(error);
		});
		return followed;
	}
}

function pathOf({ folder, id }: RunTarget): string {
	return join(folder.workspace.runs, id);
}
