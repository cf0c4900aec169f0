/** A run in one sentence, and what follows from how it ended. */
import type { BoardPage } from '../../../src/protocol/runs.js';
import { count, percent, t } from '../../words.js';
import { progressOf } from './runHeader.js';

export function storyOf(page: BoardPage): string {
	const { run, board } = page;
	const { done, total } = progressOf(page);
	if (run.state === 'damaged') return t('This run can’t be read.');
	if (done === 0) return page.message === '' ? t('It is about to begin.') : page.message;
	const right = run.accuracy === undefined ? '' : percent(run.accuracy);
	if (board.kind !== 'train') {
		return t('{0} of {1} problems answered.', count(done), count(total));
	}
	const last = board.byEpoch.at(-1);
	const inTheEnd = last && last.problems > 0 ? percent(last.solved / last.problems) : '';
	if (run.state === 'done') {
		return t(
			'Learned {0} experiences from {1} problems. {2} were solved at the first attempt, {3} in the end.',
			...[count(board.learned), count(board.problems), right, inTheEnd],
		);
	}
	return t(
		'{0} of {1} problems, {2} solved at the first attempt, {3} experiences learned.',
		...[count(done), count(total), right, count(board.learned)],
	);
}

/** What to do after a run stopped before its end; empty where nothing is to be done. */
export function adviceOf({ run, board, message }: BoardPage): string {
	if (run.state === 'budget')
		return t('It reached a cap. Resume it with a higher one: what is finished is not paid again.');
	if (run.state === 'killed') return t('Its process ended before it did. Resume it: what is finished is kept.');
	if (run.state === 'failed') return message === '' ? (board.end?.message ?? '') : message;
	if (run.state === 'stopped') return t('Somebody stopped it. Resume it: what is finished is kept.');
	if (run.state === 'damaged') return message;
	return '';
}
