/** What the benchmark view asks: what can be measured, what it takes, a start, results, comparisons, and exports. */
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { ArmName } from '../../core/evaluation/arms.js';
import { paperComparison } from '../../core/evaluation/paperResults.js';
import { type Report, reportInWords } from '../../core/evaluation/report.js';
import { captionOf, paperTable } from '../../core/evaluation/reportPaper.js';
import { smallestGap } from '../../core/evaluation/statistics.js';
import { runsLocally } from '../../core/models/runsLocally.js';
import type {
	BenchOptions,
	BenchPlan,
	Comparisons,
	CurveInfo,
	InheritanceInfo,
	ReportPage,
} from '../../protocol/benchmarks.js';
import type { RunDetail } from '../../runs/runSummary.js';
import type { StoredReport } from '../../runs/storedReport.js';
import { armChoices, defaultArms } from '../armChoices.js';
import { type BenchmarkPlan, startBench } from '../benchJob.js';
import { outlookOf } from '../benchOutlook.js';
import { estimateWords } from '../estimateWords.js';
import { showFailure } from '../guarded.js';
import { oneLine } from '../plainText.js';
import type { FoundSet } from '../problemSets.js';
import type { RunTarget } from '../runArgument.js';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import type { StoredRuns } from '../storedRuns.js';
import { requireTrust } from '../trust.js';
import type { Handlers } from './panel.js';
import { gone, runInfo, shownOf, targetOf } from './runCalls.js';
import { shelfInfos, shelfOf } from './shelves.js';

type BenchHandlers = Pick<
	Handlers,
	'benchOptions' | 'benchEstimate' | 'benchStart' | 'report' | 'comparisons' | 'exportReport'
>;

export function benchHandlers(services: Services, stored: StoredRuns): BenchHandlers {
	return {
		benchOptions: ({ models }) => options(services, models),
		benchEstimate: async (plan) => {
			const complete = await completePlan(services, plan);
			const { estimate, experiences } = await outlookOf(services, complete);
			const warnings =
				experiences === 0 && complete.arms.some((arm) => arm === 'flex' || arm === 'flex-agent')
					? [
							vscode.l10n.t(
								'Nothing has been learned here yet, so experience could not make a difference. Train first.',
							),
						]
					: [];
			return {
				lines: await estimateWords(estimate),
				smallestGap: Math.round(100 * smallestGap(estimate.problems)),
				warnings,
			};
		},
		benchStart: async (plan) => {
			if (!requireTrust()) throw new Error(vscode.l10n.t('This workspace is not trusted; nothing is run in it.'));
			const complete = await completePlan(services, plan);
			const { newUlid } = await import('../../runs/ulid.js');
			const id = newUlid();
			const { run } = await startBench(services, complete, id);
			// The page shows all else. A run that could not begin leaves nothing that could say why.
			void run.ended.then(async (outcome) => {
				if (outcome.status === 'failed') await showFailure(services.log, new Error(outcome.message));
			});
			return { folder: complete.set.folder.uri.toString(), run: id };
		},
		report: async (place) => {
			const target = targetOf(services, place);
			if (!target) throw gone();
			return reportPage(services, stored, target);
		},
		comparisons: ({ set }) => comparisons(services, stored, set),
		exportReport: async ({ format, ...place }) => {
			const target = targetOf(services, place);
			if (!target) throw gone();
			return exportReport(target, format);
		},
	};
}

async function options(services: Services, withModels: boolean): Promise<BenchOptions> {
	const found = await services.problemSets.list();
	const sets = await Promise.all(found.map((set) => setOption(services, set)));
	const [first] = found;
	const usable = sets.filter((set) => set !== undefined);
	const config = await configFor(services, first?.folder, undefined);
	const usual = defaultArms({});
	const choices = withModels ? await services.models.available(config) : [];
	const models = choices.flatMap((choice) => {
		if (choice.kind === 'endpoint') return choice.inUse.map((id) => ({ id, name: id }));
		return [{ id: choice.id, name: choice.name }];
	});
	const model = config.models.actor ?? config.models.default;
	const libraries = (await shelfInfos(services)).filter(({ experiences }) => experiences > 0);
	return {
		sets: usable,
		arms: armChoices().flatMap(({ value, label, detail = '' }) =>
			value === undefined
				? []
				: [
						{
							arm: value,
							name: label,
							description: detail,
							usual: usual.includes(value),
							free: value === 'nearest' || value === 'majority',
						},
					],
		),
		models: models.some(({ id }) => id === model) ? models : [{ id: model, name: model }, ...models],
		model,
		samples: config.evaluation.samples,
		libraries: libraries.map(({ key, name, experiences }) => ({ key, name, experiences })),
		obstacle: obstacleOf(usable.length),
	};
}

function obstacleOf(sets: number): string {
	if (!vscode.workspace.isTrusted) return vscode.l10n.t('This workspace is not trusted; nothing is run in it.');
	return sets === 0
		? vscode.l10n.t(
				'There is no problem set with dev or test problems here. Open the example, add a dataset, or make a set.',
			)
		: '';
}

async function setOption({ problemSets }: Services, set: FoundSet): Promise<BenchOptions['sets'][number] | undefined> {
	const loaded = await problemSets.load(set).catch(() => undefined);
	if (!loaded) return undefined;
	const splits = (['dev', 'test'] as const).flatMap((split) => {
		const n = loaded.splits[split]?.length ?? 0;
		return n > 0 ? [{ split, n }] : [];
	});
	if (splits.length === 0) return undefined;
	return { key: set.uri.toString(), name: loaded.name, description: loaded.description, splits };
}

/** @throws where the plan names what is not there */
async function completePlan(services: Services, plan: BenchPlan): Promise<BenchmarkPlan> {
	const set = (await services.problemSets.list()).find(({ uri }) => uri.toString() === plan.set);
	if (!set) throw new Error(vscode.l10n.t('This problem set is not in the workspace any more.'));
	const names = new Set<string>(armChoices().flatMap(({ value }) => value ?? []));
	const isArm = (arm: string): arm is ArmName => names.has(arm);
	const shelf = plan.library === '' ? undefined : await shelfOf(services, plan.library);
	return {
		set,
		problemSet: await services.problemSets.load(set),
		split: plan.split,
		arms: plan.arms.filter(isArm),
		limit: plan.limit,
		chosen: {
			evaluation: { samples: plan.samples },
			...(plan.model === '' ? {} : { models: { actor: plan.model } }),
		},
		library: shelf && { id: shelf.folder?.workspace.flex ?? services.libraries.ownFolder, store: shelf.library },
		seed: plan.seed,
	};
}

async function detailOf({ folder, id }: RunTarget): Promise<RunDetail> {
	const { readRun } = await import('../../runs/runSummary.js');
	return readRun(folder.workspace.runs, id);
}

async function reportOf(
	target: RunTarget,
): Promise<{ readonly stored: StoredReport | undefined; readonly trouble: string }> {
	const { storedReport } = await import('../../runs/storedReport.js');
	try {
		return { stored: await storedReport(await detailOf(target)), trouble: '' };
	} catch (error) {
		return { stored: undefined, trouble: error instanceof Error ? error.message : String(error) };
	}
}

async function reportPage(services: Services, stored: StoredRuns, target: RunTarget): Promise<ReportPage> {
	const [run, { samplesOf }] = await Promise.all([
		shownOf(services, stored, target),
		import('../../runs/transcripts.js'),
	]);
	const folder = join(target.folder.workspace.runs, target.id);
	const { stored: found, trouble } = await reportOf(target);
	const report = found?.content.kind === 'bench' ? found.content.report : null;
	const isTest = report?.set.split === 'test';
	const texts = isTest ? [] : (found?.problems ?? []).map(({ id, question }) => [id, oneLine(question, 160)] as const);
	return {
		name: runInfo(run).name,
		words: report ? reportInWords(report) : [],
		report: report && shortened(report),
		paper: report && paperOf(report),
		trouble,
		matrix: await samplesOf(folder),
		armNames: Object.fromEntries(armChoices().map(({ value = '', label }) => [value, label])),
		local: report?.models.every(({ id }) => runsLocally(id)) ?? false,
		questions: Object.fromEntries(texts),
	};
}

function paperOf(report: Report): ReportPage['paper'] {
	const comparison = paperComparison(report);
	if (!comparison) return null;
	const { benchmark, differences } = comparison;
	return { caption: captionOf(benchmark), ...paperTable(comparison), differences };
}

/** Without what the panel does not show. */
function shortened(report: Report): Report {
	return { ...report, settings: {}, lint: { ...report.lint, findings: report.lint.findings.slice(0, 50) } };
}

async function comparisons(services: Services, stored: StoredRuns, set: string): Promise<Comparisons> {
	const curves: CurveInfo[] = [];
	const matrices: InheritanceInfo[] = [];
	for (const target of await stored.ids(services.folders.all())) {
		const shown = await stored.read(target);
		if ((shown.kind !== 'curve' && shown.kind !== 'matrix') || (set !== '' && shown.set !== set)) continue;
		const { content } = (await reportOf(target)).stored ?? {};
		const place = { folder: target.folder.uri.toString(), run: target.id, name: runInfo(shown).name };
		if (content?.kind === 'curve') curves.push(curveInfo(place, content));
		if (content?.kind === 'matrix') matrices.push(matrixInfo(place, content));
	}
	return { curves, matrices };
}

type Content<Kind> = Extract<StoredReport['content'], { readonly kind: Kind }>;

function curveInfo(place: Pick<CurveInfo, 'folder' | 'run' | 'name'>, { report }: Content<'curve'>): CurveInfo {
	const points = report.points.map(({ experiences, accuracy, ci95, n }) => ({ experiences, accuracy, ci95, n }));
	return { ...place, model: report.models[0]?.id ?? '', points };
}

function matrixInfo(
	place: Pick<InheritanceInfo, 'folder' | 'run' | 'name'>,
	{ report }: Content<'matrix'>,
): InheritanceInfo {
	const models = report.baselines.map(({ model }) => model);
	const rows = report.libraries.map(({ name }) => ({
		library: name,
		cells: models.map((model) => {
			const pair = report.cells.find((cell) => cell.library === name && cell.model === model)?.pair;
			const [low, high] = pair?.ci95 ?? [0, 0];
			return { diff: 100 * (pair?.diff ?? 0), ci95: [100 * low, 100 * high] as const, clear: low > 0 || high < 0 };
		}),
	}));
	return { ...place, models, rows };
}

async function exportReport(
	target: RunTarget,
	format: 'csv' | 'markdown' | 'html',
): Promise<{ readonly file: string } | null> {
	const { stored, trouble } = await reportOf(target);
	if (!stored) throw new Error(trouble || vscode.l10n.t('This run has no report yet; it is written at the end.'));
	const endings = { csv: 'csv', markdown: 'md', html: 'html' } as const;
	const name = `${stored.content.report.set.name}-${target.id}.${endings[format]}`;
	const defaultUri = vscode.Uri.file(resolve(target.folder.workspace.root, name));
	const uri = await vscode.window.showSaveDialog({ defaultUri, filters: { [format]: [endings[format]] } });
	if (!uri) return null;
	await vscode.workspace.fs.writeFile(uri, Buffer.from(await textOf(stored, format)));
	return { file: uri.fsPath };
}

async function textOf(stored: StoredReport, format: 'csv' | 'markdown' | 'html'): Promise<string> {
	if (format === 'markdown') return stored.markdown;
	if (format === 'html') return stored.html;
	const { samplesCsv } = await import('../../core/evaluation/reportCsv.js');
	return samplesCsv(stored.samples, stored.problems);
}
