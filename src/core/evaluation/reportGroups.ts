/** Accuracy by group of problems, where a set names what they are grouped by: reaction classes, subjects, levels. */
import type { SampleRecord } from '../learning/runLog.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import { armResults, type GroupResult, type ReportGroups } from './report.js';
import { table } from './reportPage.js';

/** More groups are no table any more; the field is something else then. */
const mostGroups = 60;

/** By `grader.groupBy`, a field of the problems or several. Undefined where there is none, or fewer than two groups. */
export function reportGroups(
	{ grader }: Pick<ProblemSet, 'grader'>,
	problems: readonly Problem[],
	samples: Iterable<SampleRecord>,
): ReportGroups | undefined {
	const by = [grader.groupBy].flat().filter((field) => typeof field === 'string');
	const groupOf = new Map(problems.map(({ id, extra }) => [id, nameOf(extra, by)]));
	const names = [...new Set(groupOf.values())].filter((name) => name !== '').toSorted(byNumber);
	if (names.length < 2 || names.length > mostGroups) return undefined;
	const groups = names.map((name): GroupResult => {
		const own = [...samples].filter(({ problem }) => groupOf.get(problem) === name);
		const arms = armResults(own, () => null).map(({ arm, solved, accuracy, ci95 }) => ({
			arm,
			solved,
			accuracy,
			ci95,
		}));
		return { name, n: [...groupOf.values()].filter((group) => group === name).length, arms };
	});
	return { by, groups };
}

function nameOf(extra: Problem['extra'], by: readonly string[]): string {
	const values = by
		.map((field) => extra[field])
		.filter((value) => typeof value === 'string' || typeof value === 'number');
	return values.join(' · ');
}

/** "2" before "10". */
function byNumber(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
}

/** A row a group, a column an arm: how many of its problems are solved. */
export function groupRows({ groups }: ReportGroups): {
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
} {
	const arms = [...new Set(groups.flatMap((group) => group.arms.map(({ arm }) => arm)))];
	const rows = groups.map((group) => [group.name, ...arms.map((arm) => solvedOf(group, arm))]);
	return { head: ['group', ...arms], rows };
}

function solvedOf({ arms, n }: GroupResult, name: string): string {
	const found = arms.find(({ arm }) => arm === name);
	if (!found) return '';
	const solved = Number.isInteger(found.solved) ? String(found.solved) : found.solved.toFixed(1);
	return `${solved} of ${n}`;
}

export function groupsHtml(groups: ReportGroups): string {
	const { head, rows } = groupRows(groups);
	return `${table(head, rows, [0])}\n<p class="quiet">Problems solved in each group. Groups are small; the claims above are about all problems together.</p>`;
}

export function groupsMarkdown(groups: ReportGroups): readonly string[] {
	const { head, rows } = groupRows(groups);
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
