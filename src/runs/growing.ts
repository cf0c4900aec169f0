/** How many experiences there were after how many problems: few points of a line, whatever its length. */
import type { GrowthPoint } from '../core/learning/runBoardView.js';

const mostPoints = 400;

export class Growing {
	private kept: GrowthPoint[] = [[0, 0]];
	private last: GrowthPoint = [0, 0];
	/** Problems between two points. */
	private every = 1;

	problemDone(experiences: number): void {
		this.last = [this.last[0] + 1, experiences];
		if (this.last[0] % this.every !== 0) return;
		this.kept.push(this.last);
		if (this.kept.length < mostPoints) return;
		this.kept = this.kept.filter((_, index) => index % 2 === 0);
		this.every *= 2;
	}

	/** What a batch taught comes after its problems are done. */
	grew(experiences: number): void {
		this.last = [this.last[0], experiences];
		const end = this.kept.at(-1);
		if (end && end[0] === this.last[0]) this.kept[this.kept.length - 1] = this.last;
	}

	/** The newest is always among them. */
	points(): readonly GrowthPoint[] {
		return this.kept.at(-1)?.[0] === this.last[0] ? [...this.kept] : [...this.kept, this.last];
	}
}
