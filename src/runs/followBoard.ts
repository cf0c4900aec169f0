/** The board of a run on disk: of all its events so far, then of each one that is written, whoever writes it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FollowEnd, followRun } from '../providers/runFollower.js';
import { RunBoard } from './runBoard.js';

/** Events between two breaths, so that a long log holds nothing up. */
const eventsAtOnce = 500;

/**
 * Calls `onChange` once all events so far are taken in, then at most once in `paceMs`, and at the end, with how it
 * ended. Resolves at the end; whoever aborts `signal` ends the following only.
 * @throws {RunFolderError} `missing`, `unwatchable`
 */
export async function followBoard(
	folder: string,
	signal: AbortSignal,
	onChange: (board: RunBoard, end: FollowEnd | undefined) => void,
	paceMs = 200,
): Promise<void> {
	const board = new RunBoard();
	let timer: NodeJS.Timeout | undefined;
	const tellSoon = (): void => {
		timer ??= setTimeout(() => {
			timer = undefined;
			onChange(board, undefined);
		}, paceMs);
	};
	// An empty log is a board, too.
	tellSoon();
	const events = followRun(folder, signal);
	try {
		for (let taken = 1; ; taken++) {
			const { value, done } = await events.next();
			if (done) {
				clearTimeout(timer);
				if (!signal.aborted) onChange(board, value);
				return;
			}
			board.add(value);
			tellSoon();
			if (taken % eventsAtOnce === 0) await nextTurn();
		}
	} finally {
		clearTimeout(timer);
	}
}
