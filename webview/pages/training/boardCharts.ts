/** The lines of a run: accuracy epoch by epoch on train and held-out problems, and the growth of the library. */
import type { BoardEvaluation, RunBoardView } from '../../../src/core/learning/runBoardView.js';
import { count, t } from '../../words.js';

interface Point {
	readonly x: number;
	readonly y: number;
	readonly low?: number;
	readonly high?: number;
	readonly note?: string;
}

interface Series {
	readonly name: string;
	readonly colour: 'first' | 'good' | 'gold';
	readonly points: readonly Point[];
	readonly area?: boolean;
}

/** First attempts on train problems, and on dev problems that nothing is learned from; x counts finished epochs. */
export function accuracySeries({ byEpoch, evaluations }: RunBoardView): readonly Series[] {
	const train = byEpoch.filter(({ problems }) => problems > 0);
	const trained: Series = {
		name: t('train'),
		colour: 'good',
		points: train.map(({ epoch, problems, firstAttempt }) => point(epoch + 1, firstAttempt / problems, problems)),
	};
	const held: Series = {
		name: t('held out'),
		colour: 'first',
		points: evaluations.map(({ epoch, accuracy, n }: BoardEvaluation) => point(epoch, accuracy, n)),
	};
	return [trained, held].filter(({ points }) => points.length > 0);
}

export function epochTicks({ epochs }: RunBoardView): readonly { readonly x: number; readonly label: string }[] {
	return Array.from({ length: Math.max(1, epochs) + 1 }, (_, x) => ({
		x,
		label: x === 0 ? t('before') : t('epoch {0}', x),
	}));
}

export function growthSeries({ growth }: RunBoardView): readonly Series[] {
	const points = growth.map(([x, y]) => ({ x, y }));
	return [{ name: t('experiences'), colour: 'gold', points, area: true }];
}

function point(x: number, share: number, n: number): Point {
	const [low, high] = wilson(share, n);
	return { x, y: share, low, high, note: t('{0} problems', count(n)) };
}

/** 95 % interval of a share: E. B. Wilson, Journal of the American Statistical Association 22 (1927). */
function wilson(share: number, n: number): readonly [low: number, high: number] {
	const z = 1.96;
	const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
	const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
	return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
