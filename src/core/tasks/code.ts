/** The kind `code`: a function in JavaScript or TypeScript, checked by the tests of its problem in a sandbox. */
import { codeIn, fencedCode } from './codeText.js';
import type { Sandbox, SandboxResult } from './sandbox.js';
import { type Grade, type Problem, type ProblemSet, TaskError, type TaskKind, unusable } from './task.js';

export const code: TaskKind = {
	kind: 'code',
	instructions: (set) => {
		const form = set.answerFormat ? `The answer is ${set.answerFormat}. ` : '';
		return `${form}Answer with one fenced block that begins with ${fenceOf(set)} and holds the whole function, under the name that is asked for, with everything it needs. No tests and no examples in it.`;
	},
	written: ({ question, answer }, set) => `${fenceOf(set)}\n${wholeFunction(question, answer)}\n\`\`\``,
	extract: (text) => codeIn(text),
	async grade(problem, attempt, set, ports, signal) {
		if (attempt.answer === undefined) return unusable('No code was found in the attempt.');
		if (!ports.sandbox) {
			throw new TaskError(
				'missing-port',
				`Problems of the kind "code" need a sandbox to run in, and there is none here.`,
			);
		}
		const language = languageOf(problem, set);
		const run = runner(ports.sandbox, set, signal);
		const translate = translator(ports.sandbox, language, signal);
		const tests = await translatedTests(problem, translate);
		const tried = await firstThatParses(programs(problem.question, attempt.answer), translate, run);
		if (tried.unparsed !== undefined) return unusable(shortened('The code does not parse', tried.unparsed));
		return graded(await run(withTests(tried.program, tests)));
	},
};

function fenceOf({ grader }: ProblemSet): string {
	return isTypeScript(grader.language) ? '```ts' : '```js';
}

type Language = 'javascript' | 'typescript';

/** @throws {TaskError} `bad-problem` */
function languageOf({ id, extra }: Problem, { grader }: ProblemSet): Language {
	const { language = grader.language ?? 'javascript' } = extra;
	if (isTypeScript(language)) return 'typescript';
	if (language === 'javascript' || language === 'js') return 'javascript';
	throw new TaskError('bad-problem', `${id} is in ${String(language)}; only javascript and typescript can be run.`);
}

function isTypeScript(language: unknown): boolean {
	return language === 'typescript' || language === 'ts';
}

/** What the tests' program gives when it got to its end; an answer that returns before it gives something else. */
const passed = 'all tests passed';

function graded({ status, value, error }: SandboxResult): Grade {
	if (status === 'done' && value === passed) return { verdict: 'correct', detail: 'All tests pass.' };
	const why = status === 'done' ? 'The code ended before its tests ran.' : (error ?? status);
	const detail = shortened('The tests fail', why);
	return { verdict: 'incorrect', detail, trace: detail };
}

function shortened(what: string, why: string): string {
	// A line of the joined program would say nothing to a reader of the answer.
	return `${what}: ${why.replace(/ \(line \d+\)$/u, '').slice(0, 400)}`;
}

/** @throws {TaskError} `bad-problem` */
async function translatedTests({ id, extra: { test } }: Problem, translate: Translate): Promise<string> {
	if (typeof test !== 'string' || test.trim() === '') {
		throw new TaskError('bad-problem', `${id} has no tests; give it a field "test" with code that throws on failure.`);
	}
	const { status, value, error } = await translate(test);
	if (status === 'done') return value ?? '';
	throw new TaskError('bad-problem', `The tests of ${id} do not parse: ${error ?? status}.`);
}

/** Code as a plain script. What is one already is left as it is. */
type Translate = (source: string, keepImports?: boolean) => Promise<SandboxResult>;

const moduleSyntax = /^\s*(?:import|export)\b/mu;

function translator(sandbox: Sandbox, language: Language, signal: AbortSignal): Translate {
	return async (source, keepImports) => {
		const isPlain = language === 'javascript' && !moduleSyntax.test(source);
		if (isPlain || source.trim() === '') return { status: 'done', value: source, output: '' };
		return sandbox.translate({ source, language, keepImports }, signal);
	};
}

type Run = (script: string) => Promise<SandboxResult>;

/** `grader.timeoutMs` (default 5,000) and `grader.memoryMb` (default 128) bound each run. */
function runner(sandbox: Sandbox, { grader }: ProblemSet, signal: AbortSignal): Run {
	const timeoutMs = positive(grader.timeoutMs) ?? 5_000;
	const memoryBytes = (positive(grader.memoryMb) ?? 128) * 1024 * 1024;
	return (script) => sandbox.run({ code: script, timeoutMs, memoryBytes }, signal);
}

function positive(value: unknown): number | undefined {
	return typeof value === 'number' && value > 0 && value <= 2 ** 20 ? value : undefined;
}

/** What is to be run before the tests: `given` holds what the question gave, under which the answer may define it anew. */
interface Program {
	readonly given: string;
	readonly answer: string;
}

/** The answer as a whole program, and as what follows a function that the question leaves open; the likelier one first. */
function programs(question: string, answer: string): readonly Program[] {
	const open = openFunction(question);
	if (!open) return [{ given: '', answer }];
	const whole = { given: open.before, answer };
	const continued = { given: '', answer: `${open.before}${open.head}\n${answer}` };
	return declares(answer, open.name) ? [whole, continued] : [continued, whole];
}

/** The answer with the beginning that its question has, where it goes on from there. */
function wholeFunction(question: string, answer: string): string {
	const code = (fencedCode(answer) ?? answer).replace(/^\n+/u, '').trimEnd();
	const open = openFunction(question);
	return open && !declares(code, open.name) ? `${open.head}\n${code}` : code;
}

interface OpenFunction {
	readonly name: string;
	/** What stands before it: comments, functions that it may use. */
	readonly before: string;
	/** From its declaration to the brace that nothing closes. */
	readonly head: string;
}

const declaration =
	/^(?:export\s+)?(?:(?:async\s+)?function\s*\*?\s*([\w$]+)\s*(?:<[^()\n]*>)?\s*\(|(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]*(?:=>[^=\n]*)*)?=(?!>))/gmu;
const codeStart =
	/^(?:\/\*|\/\/|import\b.*['"]|(?:export\s+)?(?:async\s+)?function\b.*\(|(?:const|let|var)\s+[\w$]+\s*[:=]|(?:class|interface|enum)\s+[\w$]+.*\{|type\s+[\w$]+.*=)/mu;

/** The function at the end of a question that is left for the answer to finish. */
function openFunction(question: string): OpenFunction | undefined {
	const text = (fencedCode(question) ?? question).trimEnd();
	const last = [...text.matchAll(declaration)].at(-1);
	const name = last?.[1] ?? last?.[2];
	if (!last || name === undefined) return undefined;
	const head = text.slice(last.index);
	const bare = head.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '').trimEnd();
	if (!bare.endsWith('{')) return undefined;
	const above = text.slice(0, last.index);
	const start = codeStart.exec(above)?.index;
	return { name, before: start === undefined ? '' : above.slice(start), head };
}

function declares(text: string, name: string): boolean {
	const escaped = name.replaceAll('$', '\\$');
	return new RegExp(`(?:function\\s*\\*?|class|const|let|var)\\s+${escaped}(?![\\w$])|^${escaped}\\s*=`, 'mu').test(
		text,
	);
}

type Tried =
	| { readonly program: Program; readonly unparsed?: undefined }
	/** Why the likeliest one does not parse, where none does. */
	| { readonly unparsed: string };

async function firstThatParses(candidates: readonly Program[], translate: Translate, run: Run): Promise<Tried> {
	let unparsed: string | undefined;
	for (const candidate of candidates) {
		// What the question imports is there for the answer.
		const [given, answer] = [await translate(candidate.given, true), await translate(candidate.answer)];
		const fault = [given, answer].find(({ status }) => status !== 'done');
		const program = { given: given.value ?? '', answer: answer.value ?? '' };
		const { status, error } = fault ?? (await run(`new Function(${JSON.stringify(scopes(program, ''))}); undefined`));
		if (status === 'done') return { program };
		unparsed ??= error ?? status;
	}
	return { unparsed: unparsed ?? 'it is empty' };
}

/** Answer and tests each have a scope of their own, so that names of the one are no second declaration in the other. */
function scopes({ given, answer }: Program, tests: string): string {
	return `${given}\nreturn (function () {\n${answer}\n${tests}\n})();`;
}

/** A direct `eval` sees the answer's names, and gives the tests' last value: a promise is waited for. */
function withTests(program: Program, tests: string): string {
	const evaluated = `return Promise.resolve((function () { return eval(${JSON.stringify(tests)}); })()).then(() => ${JSON.stringify(passed)});`;
	return `(function () {\n${scopes(program, evaluated)}\n})()`;
}
