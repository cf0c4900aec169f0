/** What the reports of curve and matrix share: their facts, and their files in the run's folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintLibrary } from '../core/evaluation/contamination.js';
import type { ReportHead } from '../core/evaluation/reportPage.js';
import { smallestGap } from '../core/evaluation/statistics.js';
import type { Experience } from '../core/experience/experience.js';
import { promptVersions } from '../core/learning/prompts/versions.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { tracesOf } from '../core/tasks/registry.js';
import type { ProblemSet, Split } from '../core/tasks/task.js';
import { sourceOf, splitHash } from './benchReport.js';
import type { OpenedModel } from './modelPool.js';
import type { RunPorts } from './openRun.js';

export interface MeasureInput {
	readonly ports: Pick<RunPorts, 'workspace'>;
	readonly config: RunConfig;
	readonly run: string;
	/** The models that answered. */
	readonly models: readonly DescribedModel[];
	/** How somebody else measures the same. */
	readonly command: string;
	readonly version: string;
}

/** What a report says of a model. */
export interface DescribedModel extends Pick<OpenedModel, 'source'> {
	readonly model: Pick<OpenedModel['model'], 'id' | 'identity'>;
}

export interface WrittenMeasure {
	readonly html: string;
	readonly markdown: string;
	/** `report.html` in the run's folder. */
	readonly htmlFile: string;
}

/** @param experiences all that was given to a model */
export function reportHead(
	input: MeasureInput,
	set: ProblemSet,
	split: Split,
	n: number,
	experiences: readonly Experience[],
): ReportHead {
	const { config, models, command, version } = input;
	return {
		createdAt: new Date().toISOString(),
		set: { name: set.name, split, n, sha256: splitHash(set, split), source: sourceOf(set, split) },
		models: models.map(({ model, source }) => ({ role: 'actor', id: model.id, identity: model.identity, source })),
		smallestGap: smallestGap(n),
		versions: { 'flex-learn': version, node: process.version, ...promptVersions },
		settings: { training: config.training, retrieval: config.retrieval },
		lint: lintLibrary(experiences, set.splits.train ?? [], {
			answerSpace: set.answerSpace,
			traces: tracesOf(set.kind),
			neverTrained: set.splits[split === 'train' ? 'dev' : split] ?? [],
		}),
		command,
	};
}

/** Writes `report.json`, `report.html` and `report.md`. */
export function writeMeasure(
	{ ports, run }: MeasureInput,
	report: ReportHead,
	html: string,
	markdown: string,
): WrittenMeasure {
	const folder = join(ports.workspace.runs, run);
	const htmlFile = join(folder, 'report.html');
	writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
	writeFileSync(join(folder, 'report.md'), markdown);
	writeFileSync(htmlFile, html);
	return { html, markdown, htmlFile };
}
