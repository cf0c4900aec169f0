/** Whether experience had room to show anything: a floor that the model never leaves, or a ceiling that it reaches alone. */

/** What an arm solved. */
interface Figures {
	readonly arm: string;
	readonly n: number;
	readonly solved: number;
	readonly accuracy: number;
}

/** Under this share the problems are beyond the model, over its counterpart they ask nothing of it. */
const floor = 0.1;
const ceiling = 0.95;

/** Said where the figures could hardly have differed; empty else. */
export function roomInWords(arms: readonly Figures[]): readonly string[] {
	const alone = arms.find(({ arm }) => arm === 'llm');
	const given = arms.find(({ arm }) => arm === 'flex');
	if (!alone || !given || alone.n === 0) return [];
	const counts = `${figure(alone.solved)} and ${figure(given.solved)} of ${alone.n}`;
	if (alone.accuracy < floor && given.accuracy < floor) {
		return [
			`Without and with experience the model solved ${counts}, both under ${floor * 100} %: these problems are beyond it, so experience had no room to show a gain. Take a stronger model or easier problems.`,
		];
	}
	if (alone.accuracy > ceiling && given.accuracy > ceiling) {
		return [
			`Without and with experience the model solved ${counts}, both over ${ceiling * 100} %: it hardly needs experience here, so there was no room to show a gain. Take harder problems.`,
		];
	}
	return [];
}

function figure(solved: number): string {
	return Number.isInteger(solved) ? String(solved) : solved.toFixed(1);
}
