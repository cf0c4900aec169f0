/** A problem set of two teams, and a recording that answers every prompt about it, written to a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/core/random.js';

export interface RecordedTask {
	readonly set: string;
	/** Id of the replay model that knows its answers. */
	readonly model: string;
}

/** @param name also the seed of its words, so that two tasks have nothing in common */
export function writeRecordedTask(folder: string, name: string, sizes: { train: number; dev: number }): RecordedTask {
	const random = seededRandom([...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7));
	const word = (): string =>
		Array.from({ length: 3 + Math.floor(random() * 5) }, () => letters[Math.floor(random() * letters.length)]).join('');
	const words = (count: number): string => Array.from({ length: count }, word).join(' ');
	const problem = (split: string) => (_: unknown, index: number) => ({
		id: `${name}-${split}-${index}`,
		question: `${words(9)} ${name} ${split} ${index}?`,
		answer: index % 2 ? 'South' : 'North',
	});
	const train = Array.from({ length: sizes.train }, problem('train'));
	const dev = Array.from({ length: sizes.dev }, problem('dev'));
	const set = join(folder, name);
	mkdirSync(set, { recursive: true });
	writeFileSync(join(set, 'train.jsonl'), lines(train));
	writeFileSync(join(set, 'dev.jsonl'), lines(dev));
	const manifest = {
		name,
		kind: 'choice',
		description: 'Say which team handles the message.',
		answerSpace: ['North', 'South'],
		levels: 'flat',
	};
	writeFileSync(join(set, 'flex-task.json'), JSON.stringify(manifest));
	const recording = join(folder, `${name}.recording.jsonl`);
	const answers = [...train, ...dev].map(({ question }, index) => ({
		match: question,
		answer: index % 3 ? 'North' : 'South',
	}));
	writeFileSync(recording, lines([{ match: 'That answer is not right', answer: 'South' }, ...answers]));
	return { set, model: `replay:${recording}` };
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

function lines(items: readonly unknown[]): string {
	return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
