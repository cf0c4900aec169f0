/** The process in which programs run for `nodeJudge.ts`: one after another, each in a context of its own. */
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { transform } from 'sucrase';

const require = createRequire(import.meta.url);
const silent = ['log', 'error', 'warn', 'info', 'table', 'debug'].map((name) => [name, () => {}]);
/** In milliseconds; a known solution takes some ten at most. */
const timeout = 1_000;

process.on('message', async ({ program, typescript }) => {
	try {
		const script = typescript ? transform(program, { transforms: ['typescript', 'imports'] }).code : program;
		const world = {
			require,
			console: { ...console, ...Object.fromEntries(silent) },
			module: { exports: {} },
			exports: {},
		};
		await vm.runInNewContext(`(function () {${script}\n})()`, world, { timeout });
		process.send({ passed: true, reason: '' });
	} catch (error) {
		process.send({ passed: false, reason: String(error).slice(0, 200) });
	}
});
