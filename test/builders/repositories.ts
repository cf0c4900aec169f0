/** Git repositories for tests, in a folder of their own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TestRepository {
	readonly folder: string;
	git(...args: readonly string[]): string;
	write(files: Readonly<Record<string, string>>): void;
	commit(subject: string): void;
	remove(): void;
}

/**
 * @param files of a first commit; none: there is no commit yet
 * @param folder default: a new one
 */
export function repository(
	files: Readonly<Record<string, string>> = {},
	folder = mkdtempSync(join(tmpdir(), 'flex-repository-')),
): TestRepository {
	const git = (...args: readonly string[]): string =>
		execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
			cwd: folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
		});
	const write = (texts: Readonly<Record<string, string>>): void => {
		for (const [name, text] of Object.entries(texts)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
	};
	const commit = (subject: string): void => {
		git('add', '--all');
		git('commit', '--quiet', '--message', subject);
	};
	git('init', '--quiet', '--initial-branch=main');
	if (Object.keys(files).length > 0) {
		write(files);
		commit('First');
	}
	return { folder, git, write, commit, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
