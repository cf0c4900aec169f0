/** What capture asks of git: changes as diffs, what is ignored, and a picture of the files that leaves no trace. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export type GitErrorReason =
	| 'not-installed'
	| 'no-repository'
	| 'unknown-revision'
	| 'too-large'
	| 'failed'
	| 'cancelled';

/** Git could not do it; `message` says what to do. */
export class GitError extends Error {
	override readonly name = 'GitError';
	constructor(
		readonly reason: GitErrorReason,
		message: string,
	) {
		super(message);
	}
}

/** The files of a repository as they were at one moment. */
export interface Snapshot {
	readonly tree: string;
	/** The folder that holds what git wrote for it; without it the picture is gone. */
	readonly objects: string;
}

/** Bytes of git's answer at most: a diff that is larger teaches nothing. */
const mostOutput = 20_000_000;
/** Bytes of an untracked file at most. */
const largestFile = '500k';

/** The same form whatever the user's settings are, and no program of theirs runs. */
const plainDiff = [
	'--no-color',
	'--no-ext-diff',
	'--no-textconv',
	'--find-renames',
	'--unified=3',
	'--src-prefix=a/',
	'--dst-prefix=b/',
];

export class Git {
	private constructor(
		/** The repository's top folder; every path is relative to it. */
		readonly root: string,
		private readonly program: string,
	) {}

	/**
	 * The repository that holds `folder`.
	 * @param program what to call, e.g. the git that VS Code found (default: the one on the path)
	 * @throws {GitError} `not-installed`, `no-repository`
	 */
	static async open(folder: string, program = 'git', signal?: AbortSignal): Promise<Git> {
		const root = await run(program, folder, ['rev-parse', '--show-toplevel'], { signal });
		return new Git(resolve(root.trim()), program);
	}

	/** What differs from the last commit: staged, not staged, and files that are new. @throws {GitError} */
	async workingDiff(signal?: AbortSignal): Promise<string> {
		const before = await this.commit('HEAD', signal);
		const now = await this.snapshot(signal);
		try {
			return await this.between(before, now, signal);
		} finally {
			dropSnapshot(now);
		}
	}

	/** What changed from `revision` up to the last commit. @throws {GitError} `unknown-revision` */
	async diffSince(revision: string, signal?: AbortSignal): Promise<string> {
		const from = await this.commit(revision, signal);
		return this.run(['diff', ...plainDiff, from, await this.commit('HEAD', signal), '--'], { signal });
	}

	/** What the last `count` commits changed together; of a repository with fewer, all. @throws {GitError} */
	async lastCommits(count: number, signal?: AbortSignal): Promise<string> {
		const known = Number((await this.run(['rev-list', '--count', '--first-parent', 'HEAD'], { signal })).trim());
		return this.diffSince(known > count ? `HEAD~${count}` : emptyTree, signal);
	}

	/** Subjects of the newest commits, newest first; none where there is no commit yet. */
	async subjects(count: number, signal?: AbortSignal): Promise<readonly string[]> {
		const log = await this.run(['log', `-${count}`, '--first-parent', '--format=%s'], { signal }).catch(
			(error: unknown) => {
				if (error instanceof GitError && error.reason !== 'cancelled') return '';
				throw error;
			},
		);
		return log.split('\n').filter((line) => line !== '');
	}

	/**
	 * Which of `paths` git ignores, also those that were added all the same.
	 * @throws {GitError}
	 */
	async ignored(paths: readonly string[], signal?: AbortSignal): Promise<readonly string[]> {
		if (paths.length === 0) return [];
		const args = ['check-ignore', '--no-index', '--stdin', '-z'];
		// It ends with 1 where none is ignored.
		const answer = await this.run(args, { signal, input: paths.join('\u0000'), fine: [0, 1] });
		return answer.split('\u0000').filter((path) => path !== '');
	}

	/**
	 * The files as they are now, ignored ones and `.flex` left out. What git writes for it lies in a folder of its own:
	 * index, objects and stash of the repository stay as they are.
	 * @param above where that folder is made (default: among the temporary ones)
	 * @throws {GitError}
	 */
	async snapshot(signal?: AbortSignal, above = tmpdir()): Promise<Snapshot> {
		const objects = mkdtempSync(join(above, 'flex-git-'));
		try {
			const index = join(objects, 'index');
			const own = resolve(this.root, (await this.run(['rev-parse', '--git-path', 'index'], { signal })).trim());
			// With the times of the files that it knows, git reads only those that changed.
			if (existsSync(own)) copyFileSync(own, index);
			const env = { ...(await this.apart([objects], signal)), GIT_INDEX_FILE: index };
			const big = ['-c', `core.bigFileThreshold=${largestFile}`];
			await this.run([...big, 'add', '--all', '--ignore-errors', '--', '.', ...notOurs], { signal, env, fine: [0, 1] });
			const tree = (await this.run(['write-tree'], { signal, env })).trim();
			return { tree, objects };
		} catch (error) {
			dropSnapshot({ objects });
			throw error;
		}
	}

	/** What changed from one picture, or commit, to a later picture. @throws {GitError} */
	async between(before: string | Snapshot, after: Snapshot, signal?: AbortSignal): Promise<string> {
		const folders = typeof before === 'string' ? [after.objects] : [after.objects, before.objects];
		const from = typeof before === 'string' ? before : before.tree;
		return this.run(['diff', ...plainDiff, from, after.tree, '--'], { signal, env: await this.apart(folders, signal) });
	}

	/** Reads from all object folders, writes to the first. */
	private async apart(folders: readonly string[], signal: AbortSignal | undefined): Promise<Record<string, string>> {
		const [first = '', ...others] = folders;
		const own = resolve(this.root, (await this.run(['rev-parse', '--git-path', 'objects'], { signal })).trim());
		return {
			GIT_OBJECT_DIRECTORY: first,
			GIT_ALTERNATE_OBJECT_DIRECTORIES: [own, ...others].map((folder) => quotedPath(folder)).join(delimiter),
		};
	}

	/** The id of a commit, or of the empty tree where nothing was committed yet. @throws {GitError} */
	private async commit(revision: string, signal: AbortSignal | undefined): Promise<string> {
		if (revision === emptyTree) return emptyTree;
		try {
			const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
			return (await this.run(args, { signal })).trim();
		} catch (error) {
			if (!(error instanceof GitError) || error.reason !== 'failed') throw error;
			if (revision === 'HEAD') return emptyTree;
			const message = `There is no revision "${revision}" in ${this.root}; "git log --oneline" lists them.`;
			throw new GitError('unknown-revision', message);
		}
	}

	private run(args: readonly string[], options: RunOptions): Promise<string> {
		return run(this.program, this.root, args, options);
	}
}

/** Forgets a picture. */
export function dropSnapshot({ objects }: Pick<Snapshot, 'objects'>): void {
	rmSync(objects, { recursive: true, force: true });
}

/** What FLEX itself keeps is no change of the project. */
const notOurs = [':(exclude,glob)**/.flex/**'];

/** Git knows it without having it. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function quotedPath(path: string): string {
	return /["\n]/u.test(path) || path.includes(delimiter) ? `"${path.replace(/["\\]/gu, '\\$&')}"` : path;
}

interface RunOptions {
	readonly signal?: AbortSignal | undefined;
	readonly input?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Exit codes that are no failure (default: 0). */
	readonly fine?: readonly number[];
}

function run(program: string, folder: string, args: readonly string[], options: RunOptions): Promise<string> {
	const { signal, input, env = {}, fine = [0] } = options;
	return new Promise((done, failed) => {
		const child = spawn(program, ['-c', 'core.quotePath=off', '-c', 'core.fsmonitor=false', ...args], {
			cwd: folder,
			// No question of git's waits for an answer, and no lock of the user's is taken.
			env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', ...env },
			stdio: ['pipe', 'pipe', 'pipe'],
			windowsHide: true,
			...(signal ? { signal } : {}),
		});
		const output: Buffer[] = [];
		let size = 0;
		let complaint = '';
		child.stdout.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > mostOutput) child.kill();
			else output.push(chunk);
		});
		child.stderr.on('data', (chunk: Buffer) => {
			complaint = `${complaint}${chunk.toString()}`.slice(-2000);
		});
		child.on('error', (error) => failed(startError(error, program, folder)));
		child.on('close', (code) => {
			if (size > mostOutput) {
				const message = 'This change is too large to learn from; commit it in parts, or choose a smaller range.';
				failed(new GitError('too-large', message));
			} else if (code !== null && fine.includes(code)) done(Buffer.concat(output).toString());
			else failed(endError(complaint, folder));
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(input ?? '');
	});
}

function startError(error: NodeJS.ErrnoException, program: string, folder: string): GitError {
	if (error.name === 'AbortError') return new GitError('cancelled', 'Reading the changes was cancelled.');
	if (error.code === 'ENOENT' && !existsSync(folder)) {
		return new GitError('no-repository', `There is no folder ${folder}.`);
	}
	const where = program === 'git' ? 'Git was not found' : `Git was not found as ${program}`;
	return new GitError('not-installed', `${where}; install it, or put it on the PATH, to learn from changes.`);
}

function endError(complaint: string, folder: string): GitError {
	if (/not a git repository/iu.test(complaint)) {
		const message = `${folder} is in no git repository; "git init" and a first commit make one, and later changes can be learned from.`;
		return new GitError('no-repository', message);
	}
	const last = complaint.trim().split('\n').at(-1) ?? '';
	return new GitError('failed', `Git could not read the changes (${last || 'it gave no reason'}).`);
}
