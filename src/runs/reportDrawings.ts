/** Draws what a report shows of molecules, where its kind of task has them and they can be drawn here. */
import type { Drawings } from '../core/evaluation/report.js';
import { wrongAnswers } from '../core/evaluation/reportDrawings.js';
import type { SampleRecord } from '../core/learning/runLog.js';
import type { Chemistry } from '../core/tasks/chemistry.js';
import { drawsMolecules } from '../core/tasks/registry.js';
import type { Problem, ProblemSet } from '../core/tasks/task.js';

/** A page with more would be tens of megabytes; the first problems have theirs. */
const mostDrawings = 600;

export async function reportDrawings(
	{ kind }: Pick<ProblemSet, 'kind'>,
	problems: readonly Pick<Problem, 'id' | 'question' | 'answer'>[],
	samples: Iterable<SampleRecord>,
	chemistry: Chemistry | undefined,
): Promise<Drawings> {
	if (!chemistry || !drawsMolecules(kind)) return new Map();
	const byProblem = new Map(problems.map(({ id }) => [id, [] as SampleRecord[]]));
	for (const sample of samples) byProblem.get(sample.problem)?.push(sample);
	const texts = problems.flatMap(({ id, question, answer }) => {
		const own = wrongAnswers(byProblem.get(id) ?? []);
		return [question, answer, ...own.map(({ text }) => text)];
	});
	const wanted = [...new Set(texts)].slice(0, mostDrawings);
	const drawn = await chemistry.draw(wanted, new AbortController().signal);
	return new Map(
		wanted.flatMap((text, index) => {
			const drawing = drawn[index];
			return drawing ? [[text, drawing] as const] : [];
		}),
	);
}
