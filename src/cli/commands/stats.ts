/** `flex-learn stats`: what the library holds, and how much room it takes. */
import type { Command } from 'commander';
import { statuses, zones } from '../../core/experience/experience.js';
import type { LibraryStats } from '../../core/experience/store.js';
import type { OpenReport } from '../../library/library.js';
import { type DiskUse, diskUse, size } from '../../runs/diskUse.js';
import { withSession } from '../options.js';
import type { Terminal } from '../output.js';

export function registerStats(program: Command): void {
	program
		.command('stats')
		.description('Count what the library holds: experiences, patterns, cases, by status and zone.')
		.action(
			withSession(async (session) => {
				const { terminal, workspace } = session;
				const store = await session.library(undefined, true);
				const stats = await store.stats();
				const disk = diskUse(workspace.flex);
				terminal.data({ ...stats, disk, folder: workspace.flex, report: store.report });
				showStats(stats, disk, terminal);
				showReport(store.report, workspace.flex, terminal);
				return 0;
			}),
		);
}

function showStats(stats: LibraryStats, disk: DiskUse, terminal: Terminal): void {
	terminal.table(
		['', 'experiences', 'patterns'],
		[
			...statuses.map((status) => {
				const { experiences, patterns } = stats.byStatus[status];
				return [status, String(experiences), String(patterns)];
			}),
			['all', String(stats.experiences), String(stats.patterns)],
		],
	);
	terminal.say();
	terminal.say(`  Zones: ${zones.map((zone) => `${zone} ${stats.byZone[zone]}`).join(', ')}`);
	terminal.say(`  Cases: ${stats.cases}   Revisions: ${stats.revisions}   Uses in prompts: ${stats.uses}`);
	terminal.say(
		`  On disk: ${size(disk.library)} library, ${size(disk.runs)} run logs, ${size(disk.cache)} cached answers`,
	);
}

function showReport({ created, mended }: OpenReport, folder: string, terminal: Terminal): void {
	if (created) terminal.note(`There is no library in ${folder} yet: "train" or "import" makes one.`);
	else if (mended) terminal.warn('Something was damaged or missing and was rebuilt from what is sound.');
}
