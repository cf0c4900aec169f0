/** Loads problem sets from folders. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { type Manifest, parseManifest, parseProblems, splitDev, splitFile } from '../core/tasks/problemSet.js';
import { taskKind } from '../core/tasks/registry.js';
import { type Problem, type ProblemSet, type Split, TaskError } from '../core/tasks/task.js';

const minimalManifest = JSON.stringify({
	name: 'my-set',
	kind: 'exact',
	description: 'What the model is asked to do, in one or two sentences.',
});

const mostIssues = 10;
/** Where a set has no dev split, the same part of train serves in every run. */
const devSeed = 1;

interface LoadedSplit {
	readonly problems: readonly Problem[];
	readonly sha256: string;
}

/** @throws {TaskError} naming the file, the line and what is wrong */
export async function loadProblemSet(folder: string): Promise<ProblemSet> {
	const file = join(folder, 'flex-task.json');
	if (!existsSync(file)) {
		throw new TaskError('bad-manifest', `${file} does not exist; create it, at least with: ${minimalManifest}`);
	}
	const manifest = parseManifest(await readFile(file, 'utf8'), file);
	taskKind(manifest.kind);
	const loaded: Partial<Record<Split, LoadedSplit>> = {};
	for (const split of ['train', 'dev', 'test'] as const) {
		const read = await loadSplit(folder, manifest, split);
		if (read) loaded[split] = read;
	}
	return { ...withoutSplits(manifest), splits: withDev(loaded), sha256: hashes(loaded), source: resolve(folder) };
}

function withoutSplits(manifest: Manifest): Omit<Manifest, 'splits'> {
	const { splits: _, ...rest } = manifest;
	return rest;
}

async function loadSplit(folder: string, manifest: Manifest, split: Split): Promise<LoadedSplit | undefined> {
	const name = splitFile(manifest, split);
	const file = resolve(folder, name);
	if (!file.startsWith(resolve(folder) + sep)) {
		throw new TaskError('bad-manifest', `The ${split} split of ${manifest.name} lies outside of its folder: ${name}.`);
	}
	if (!existsSync(file)) {
		if (manifest.splits[split] === undefined || split !== 'train') return undefined;
		throw new TaskError(
			'missing-split',
			`${file} does not exist; put the train problems there, one JSON object a line.`,
		);
	}
	const bytes = await readFile(file);
	const { problems, issues } = parseProblems(bytes.toString('utf8'));
	const fatal = issues.filter((issue) => issue.fatal);
	if (fatal.length > 0) {
		const shown = fatal.slice(0, mostIssues).map((issue) => `  line ${issue.line}: ${issue.message}`);
		const more = fatal.length > mostIssues ? [`  … and ${fatal.length - mostIssues} more`] : [];
		throw new TaskError('bad-problem', `${file} has lines that can't be used:\n${[...shown, ...more].join('\n')}`);
	}
	checkLabels(file, manifest, problems);
	return { problems, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** In a closed answer space every answer is one of the labels. */
function checkLabels(file: string, manifest: Manifest, problems: readonly Problem[]): void {
	const labels = manifest.answerSpace;
	const stray = labels && problems.find((problem) => !labels.includes(problem.answer));
	if (!stray) return;
	throw new TaskError(
		'bad-problem',
		`${file}: the answer "${stray.answer}" of problem ${stray.id} is not in "answerSpace" of flex-task.json.`,
	);
}

function withDev(loaded: Partial<Record<Split, LoadedSplit>>): ProblemSet['splits'] {
	const { train, dev, test } = loaded;
	const given = {
		...(train ? { train: train.problems } : {}),
		...(dev ? { dev: dev.problems } : {}),
		...(test ? { test: test.problems } : {}),
	};
	return train && !dev ? { ...given, ...splitDev(train.problems, devSeed) } : given;
}

function hashes(loaded: Partial<Record<Split, LoadedSplit>>): ProblemSet['sha256'] {
	return Object.fromEntries(Object.entries(loaded).map(([split, read]) => [split, read.sha256]));
}
