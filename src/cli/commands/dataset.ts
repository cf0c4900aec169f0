/** `flex-learn dataset`: public problem sets by name, from their official source or a mirror folder. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import type { Split } from '../../core/tasks/task.js';
import { type AddedDataset, addDataset, type DatasetFrom } from '../../providers/datasets/addDataset.js';
import type { Dataset } from '../../providers/datasets/dataset.js';
import { DatasetError } from '../../providers/datasets/datasetSources.js';
import { datasets, datasetsNamed } from '../../providers/datasets/datasets.js';
import { datasetPlaces, hasDataset } from '../../runs/publicDatasets.js';
import { exitCodes, UsageError } from '../exitCodes.js';
import { withSession } from '../options.js';
import { counted } from '../page.js';
import type { Session } from '../session.js';

interface AddFlags {
	readonly from?: string;
	readonly force?: boolean;
}

export function registerDataset(program: Command): void {
	const command = program
		.command('dataset')
		.description(
			'Public problem sets by name: GSM8K, BIG-Bench Hard, HumanEval, MBPP, AIME, USPTO-50k, protein fitness.',
		)
		.addHelpText(
			'after',
			`
Their text is not shipped: it comes from the official repository at a fixed commit, or from the folder that
the environment variable FLEX_DATASETS names. Every file is checked by its hash, and flex-task.json says which
source was used and which splits are official.

Examples:
  flex-learn dataset add bbh-disambiguation_qa      then: flex-learn train bbh-disambiguation_qa
  flex-learn dataset add bbh                        all of its tasks, a problem set each
  FLEX_DATASETS=~/datasets flex-learn dataset add gsm8k`,
		);
	command
		.command('list', { isDefault: true })
		.description('What there is, and what this workspace has.')
		.action(withSession(list));
	command
		.command('add')
		.argument('<names...>', 'as in the list; "bbh" and "dms" stand for all of theirs')
		.description('Get a dataset into .flex/datasets/<name>.')
		.option('--from <source>', 'official or mirror (default: the mirror where FLEX_DATASETS is set)')
		.option('--force', 'get it again where it is there already')
		.action(withSession(add));
	command
		.command('remove')
		.argument('<names...>', 'of datasets in this workspace')
		.description('Delete datasets from .flex/datasets; what was learned from them stays.')
		.action(withSession(remove));
}

async function list({ terminal, workspace }: Session): Promise<number> {
	const rows = datasets.map((dataset) => {
		const { name, summary, licence, official, mirror } = dataset;
		return {
			name,
			summary,
			licence,
			official: official ? `${official.source.repository}@${official.source.commit.slice(0, 7)}` : null,
			mirror: mirror?.source.folder ?? null,
			added: hasDataset(workspace, dataset),
		};
	});
	terminal.data({ datasets: rows });
	terminal.table(
		['name', 'what', 'licence', 'here'],
		rows.map((row) => [row.name, row.summary, row.licence, row.added ? 'yes' : '']),
	);
	terminal.note('Get one with: flex-learn dataset add <name>');
	return 0;
}

async function add(session: Session, names: readonly string[], flags: AddFlags): Promise<number> {
	const { terminal, workspace, signal } = session;
	const from = sourceOf(flags.from);
	const chosen = names.flatMap(known);
	const added: AddedDataset[] = [];
	const failed: { readonly name: string; readonly message: string }[] = [];
	for (const dataset of chosen) {
		const options = {
			...datasetPlaces(workspace, process.env),
			from,
			force: flags.force,
			signal,
			onProgress: (text: string) => terminal.status(text),
		};
		try {
			const one = await addDataset(dataset, options);
			added.push(one);
			describe(session, one);
		} catch (error) {
			// One of a family that can't be had keeps nobody from the others.
			if (!(error instanceof DatasetError) || chosen.length === 1) throw error;
			failed.push({ name: dataset.name, message: error.message });
		}
	}
	terminal.data({ added, failed });
	for (const { name, message } of failed) terminal.warn(`${name} was not added: ${message}`);
	if (added.length > 0) terminal.note(`Train on one by its name: flex-learn train ${added[0]?.name}`);
	return failed.length > 0 ? exitCodes.failed : exitCodes.done;
}

function describe({ terminal }: Session, { name, folder, origin, counts }: AddedDataset): void {
	const { repository, commit } = origin;
	const source = repository ? `${repository} at ${commit?.slice(0, 7)}` : 'the mirror folder FLEX_DATASETS';
	terminal.say(`${terminal.bold(name)}  from ${source} (${origin.licence})`);
	for (const split of ['train', 'dev', 'test'] as const satisfies readonly Split[]) {
		terminal.say(`  ${split.padEnd(5)} ${String(counts[split]).padStart(5)}  ${origin.splits[split] ?? ''}`);
	}
	terminal.note(`  in ${relative(process.cwd(), folder) || folder}`);
}

async function remove({ terminal, workspace }: Session, names: readonly string[]): Promise<number> {
	const folders = names.map((name) => ({ name, folder: join(workspace.datasets, name) }));
	for (const { name, folder } of folders) {
		const inside = relative(workspace.datasets, folder);
		if (inside === '' || inside.startsWith('..') || !existsSync(join(folder, 'flex-task.json'))) {
			throw new UsageError(`There is no dataset "${name}" in ${workspace.datasets}.`);
		}
	}
	for (const { folder } of folders) await rm(folder, { recursive: true });
	terminal.data({ removed: names });
	terminal.say(`${counted(names.length, 'dataset')} removed.`);
	return 0;
}

function known(name: string): readonly Dataset[] {
	const found = datasetsNamed(name);
	if (found.length > 0) return found;
	throw new UsageError(`There is no dataset "${name}"; "flex-learn dataset list" shows them all.`);
}

function sourceOf(text: string | undefined): DatasetFrom | undefined {
	if (text === undefined || text === 'official' || text === 'mirror') return text;
	throw new UsageError(`There is no source "${text}"; choose official or mirror.`);
}
