/** Bundles the tests of `test/host` for an extension host, and reads what they wrote at their end. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';

/**
 * @param tests default: all
 * @returns the module that exports `run()`, without its ending
 */
export async function bundleTests(root: string, out: string, tests = hostTests(root)): Promise<string> {
	rmSync(out, { recursive: true, force: true });
	await esbuild.build({
		absWorkingDir: root,
		entryPoints: [...tests.map((name) => `test/host/${name}`), 'test/vscode/hostEntry.ts'],
		outdir: out,
		entryNames: '[name]',
		bundle: true,
		platform: 'node',
		target: 'node22',
		format: 'cjs',
		external: ['vscode', 'mocha'],
		sourcemap: 'inline',
		logLevel: 'warning',
		// What the bundle of the extension finds beside itself, tests find beside it, too.
		define: { __bundleFolder: JSON.stringify(join(root, 'dist')) },
	});
	return join(out, 'hostEntry');
}

function hostTests(root: string): readonly string[] {
	return readdirSync(join(root, 'test/host')).filter((name) => name.endsWith('.test.ts'));
}

/** How many tests passed and failed; undefined where the tests did not come to their end. */
export function readReport(file: string): { readonly passed: number; readonly failed: number } | undefined {
	if (!existsSync(file)) return undefined;
	const report: { readonly testResults: readonly { readonly assertionResults: readonly { status: string }[] }[] } =
		JSON.parse(readFileSync(file, 'utf8'));
	const statuses = report.testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
	const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
	return { passed: count('passed'), failed: count('failed') };
}
