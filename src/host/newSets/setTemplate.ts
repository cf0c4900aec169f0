/** What a new problem set is made of: its `flex-task.json` and a few example lines that show the form of each kind. */
import type { Split } from '../../core/tasks/task.js';

/** How answers look, as a person would say it; several of them may be the same kind of task. */
export type AnswerForm = 'labels' | 'options' | 'text' | 'number' | 'judged' | 'code';

export const answerForms: readonly AnswerForm[] = ['labels', 'options', 'text', 'number', 'judged', 'code'];

export interface SetAnswers {
	readonly form: AnswerForm;
	readonly name: string;
	/** What the model is asked to do. */
	readonly description: string;
	/** The labels of a closed set; only the form `labels` has them. */
	readonly labels?: readonly string[];
}

/** Contents by file name, in the order in which a reader wants them. */
export type SetFiles = Readonly<Record<'flex-task.json' | `${Split}.jsonl`, string>>;

interface ExampleLine {
	readonly question: string;
	readonly answer: string;
	readonly solution?: string;
	readonly test?: string;
}

type Examples = Readonly<Record<Split, readonly ExampleLine[]>>;

interface Template {
	readonly manifest: Readonly<Record<string, unknown>>;
	readonly examples: Examples;
}

/** The text of every file; it can be loaded as it is, and each example says that it is to be replaced. */
export function setFiles(answers: SetAnswers): SetFiles {
	const { manifest, examples } =
		answers.form === 'labels' ? labelTemplate(answers.labels ?? []) : templates[answers.form];
	const { name, description } = answers;
	const { kind, ...rest } = manifest;
	const splits = { train: 'train.jsonl', dev: 'dev.jsonl', test: 'test.jsonl' };
	return {
		'flex-task.json': `${JSON.stringify({ name, kind, description, ...rest, splits }, null, 2)}\n`,
		'train.jsonl': jsonLines(examples.train),
		'dev.jsonl': jsonLines(examples.dev),
		'test.jsonl': jsonLines(examples.test),
	};
}

function jsonLines(lines: readonly ExampleLine[]): string {
	return lines.map((line) => `${JSON.stringify(replaceMe(line))}\n`).join('');
}

function replaceMe({ question, ...rest }: ExampleLine): ExampleLine {
	return { question: `Replace me: ${question}`, ...rest };
}

function labelTemplate(labels: readonly string[]): Template {
	const lines = (what: string, most: number): readonly ExampleLine[] =>
		labels.slice(0, most).map((answer) => ({ question: `${what} whose answer is ${answer}.`, answer }));
	return {
		manifest: { kind: 'choice', answerSpace: labels, answerFormat: 'one of the allowed answers only', levels: 'flat' },
		examples: {
			train: lines('a problem to learn from', 3),
			dev: lines('a problem to tune settings with', 2),
			test: lines('a problem that only benchmarks read', 2),
		},
	};
}

const templates: Readonly<Record<Exclude<AnswerForm, 'labels'>, Template>> = {
	options: {
		manifest: { kind: 'choice', answerFormat: 'the letter of the right option in brackets' },
		examples: {
			train: [
				{ question: 'Which of these floats on water?\n(A) a coin\n(B) a cork\n(C) a brick', answer: '(B)' },
				{ question: 'Which of these is a fruit?\n(A) a pear\n(B) a carrot', answer: '(A)' },
			],
			dev: [{ question: 'Which of these is the heaviest?\n(A) a cup\n(B) a spoon\n(C) a stove', answer: '(C)' }],
			test: [{ question: 'Which of these is cold?\n(A) a candle\n(B) an icicle', answer: '(B)' }],
		},
	},
	text: {
		manifest: { kind: 'exact', answerFormat: 'a word or a few, nothing else' },
		examples: {
			train: [
				{ question: 'What is the capital of Kenya?', answer: 'Nairobi' },
				{ question: 'What is the capital of Peru?', answer: 'Lima' },
			],
			dev: [{ question: 'What is the capital of Norway?', answer: 'Oslo' }],
			test: [{ question: 'What is the capital of Ghana?', answer: 'Accra' }],
		},
	},
	number: {
		manifest: { kind: 'math', answerFormat: 'one number' },
		examples: {
			train: [
				{
					question: 'A crate holds 12 cups, and one in four is chipped. How many are whole?',
					answer: '9',
					solution: '12 / 4 = 3 are chipped; 12 - 3 = 9 are whole. (A solution helps to learn; it may be left out.)',
				},
				{ question: 'A ticket costs 7 crowns. What do 5 tickets cost?', answer: '35' },
			],
			dev: [{ question: 'Half of a rope of 9 metres is cut off. How many metres are left?', answer: '4.5' }],
			test: [{ question: 'Three boxes hold 8 lamps each. How many lamps are there?', answer: '24' }],
		},
	},
	judged: {
		manifest: { kind: 'judge', answerFormat: 'one or two sentences' },
		examples: {
			train: [
				{ question: 'Why does bread rise?', answer: 'Yeast eats sugar and gives off gas, which the dough holds.' },
				{ question: 'Why do we see lightning before we hear thunder?', answer: 'Light travels faster than sound.' },
			],
			dev: [
				{ question: 'Why does ice float?', answer: 'Water takes up more room when it freezes, so ice is lighter.' },
			],
			test: [{ question: 'Why are there tides?', answer: 'The moon and the sun pull on the sea.' }],
		},
	},
	code: {
		manifest: { kind: 'code' },
		examples: {
			train: [
				{
					question: 'Write a function double(n) that gives twice its argument.',
					answer: 'function double(n) {\n  return 2 * n;\n}',
					test: "if (double(3) !== 6) throw new Error('double(3) is not 6');",
				},
				{
					question: 'Write a function last(list) that gives the last item of a list.',
					answer: 'function last(list) {\n  return list[list.length - 1];\n}',
					test: "if (last([1, 2, 5]) !== 5) throw new Error('last([1, 2, 5]) is not 5');",
				},
			],
			dev: [
				{
					question: 'Write a function isEven(n) that says whether a number is even.',
					answer: 'function isEven(n) {\n  return n % 2 === 0;\n}',
					test: "if (!isEven(4) || isEven(7)) throw new Error('isEven is wrong for 4 or 7');",
				},
			],
			test: [
				{
					question: 'Write a function shout(text) that gives the text in capitals.',
					answer: 'function shout(text) {\n  return text.toUpperCase();\n}',
					test: "if (shout('hi') !== 'HI') throw new Error('shout(\"hi\") is not HI');",
				},
			],
		},
	},
};
