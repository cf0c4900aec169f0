/**
 * How well the grader of `code` agrees with Node, for known solutions of public problems and for wrong programs made of them.
 * Needs the datasets (FLEX_DATASETS); `--list` shows every disagreement's program, `--quick` takes each tenth row.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code } from '../src/core/tasks/code.js';
import { parseProblems } from '../src/core/tasks/problemSet.js';
import type { Sandbox } from '../src/core/tasks/sandbox.js';
import type { Problem, ProblemSet } from '../src/core/tasks/task.js';
import { openSandbox } from '../src/providers/sandbox.js';
import { type Agreement, conclude } from './support/agreement.js';
import { mutantsOf } from './support/mutants.js';
import { NodeJudge } from './support/nodeJudge.js';

const folders: Readonly<Record<string, readonly string[]>> = {
	'humaneval-x-js': ['train', 'test'],
	'humaneval-mx-ts': ['train', 'test'],
	'mbpp-js': ['train', 'validation', 'test', 'prompt'],
};

/** Changes tried for each row: some leave it right, and those that Node fails are more than one a row. */
const triesPerRow = 2;

/** For programs that Node fails, some of which never end; others have the time that a set gives by default. */
const wrongTimeoutMs = 1_000;

const set: ProblemSet = {
	name: 'verify',
	kind: 'code',
	description: 'Complete the function.',
	levels: 'flat',
	grader: {},
	exploration: {},
	rendering: {},
	splits: {},
	sha256: {},
	source: '',
};

interface Tools {
	readonly sandbox: Sandbox;
	readonly node: NodeJudge;
}

async function verifyFolder(root: string, folder: string, tools: Tools): Promise<readonly Agreement[]> {
	const quick = process.argv.includes('--quick');
	const rows = (folders[folder] ?? []).flatMap((split) => {
		const file = join(root, folder, `${split}.jsonl`);
		return existsSync(file) ? parseProblems(readFileSync(file, 'utf8')).problems : [];
	});
	const verified = rows.filter(({ extra }, at) => extra['verified'] === true && (!quick || at % 10 === 0));
	const tallies = { solutions: tally(), 'wrong programs': tally(), 'changed programs that Node passes': tally() };
	for (const row of verified) {
		await compare(row, row.answer, tallies.solutions, tools, true);
		for (const mutant of mutantsOf(row.answer, row.id, triesPerRow)) {
			const passed = await passesInNode(row, mutant, tools.node);
			await compare(
				row,
				mutant,
				tallies[passed ? 'changed programs that Node passes' : 'wrong programs'],
				tools,
				passed,
			);
		}
	}
	console.error(`${folder}: ${verified.length} problems`);
	return Object.entries(tallies).map(([name, found]) => ({ name: `${folder}, ${name}`, ...found }));
}

interface Tally {
	checked: number;
	agreed: number;
	readonly disagreements: string[];
}

function tally(): Tally {
	return { checked: 0, agreed: 0, disagreements: [] };
}

async function compare(row: Problem, answer: string, found: Tally, { sandbox }: Tools, passes: boolean): Promise<void> {
	const asked = passes ? set : { ...set, grader: { timeoutMs: wrongTimeoutMs } };
	const grade = await code.grade(row, { text: '', answer }, asked, { sandbox }, new AbortController().signal);
	found.checked++;
	if ((grade.verdict === 'correct') === passes) {
		found.agreed++;
		return;
	}
	const program = process.argv.includes('--list') ? `\n${answer}\n` : '';
	found.disagreements.push(`${row.id}: Node says ${passes ? 'right' : 'wrong'}, the grader ${grade.detail}${program}`);
}

async function passesInNode({ question, extra }: Problem, answer: string, node: NodeJudge): Promise<boolean> {
	const program =
		extra['answer_form'] === 'continuation' ? `${question}\n${answer}` : `${importsOf(question)}${answer}`;
	const verdict = await node.judge({
		program: `${program}\n${String(extra['test'])}`,
		typescript: extra['language'] === 'typescript',
	});
	return verdict.passed;
}

/** A program of its own still has what the question imports. */
function importsOf(question: string): string {
	return [...question.matchAll(/^import\b.*$/gmu)].map(([line]) => `${line}\n`).join('');
}

const root = process.env['FLEX_DATASETS'];
if (root === undefined) {
	console.log(
		'skipped: FLEX_DATASETS is not set; it names the folder that holds humaneval-x-js, humaneval-mx-ts and mbpp-js.',
	);
} else {
	const tools = {
		sandbox: openSandbox({ workerFile: join(process.cwd(), 'dist/sandboxWorker.js') }),
		node: new NodeJudge(),
	};
	try {
		const rows: Agreement[] = [];
		for (const folder of Object.keys(folders)) rows.push(...(await verifyFolder(root, folder, tools)));
		conclude(rows);
	} finally {
		tools.node.close();
		await tools.sandbox.close();
	}
}
