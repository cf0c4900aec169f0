/**
 * Measures what learning brings on the shipped example, with any model: three training seeds, both arms tuned on dev, the
 * whole test split. Takes hours with a larger model; every step can be stopped and goes on where it was.
 *
 *   npm run results -- --model <file.gguf> [--seeds 3] [--problems 192] [--train 60] [--out out/results]
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, run, setUp } from './setup.mjs';

const { values } = parseArgs({
	options: {
		model: { type: 'string', default: 'embedded:smollm2-135m' },
		seeds: { type: 'string', default: '3' },
		problems: { type: 'string', default: '192' },
		train: { type: 'string', default: '60' },
		epochs: { type: 'string', default: '1' },
		rollouts: { type: 'string', default: '1' },
		rounds: { type: 'string', default: '1' },
		dev: { type: 'string', default: '96' },
		arms: { type: 'string', default: 'nearest,llm,icl-similar,flex' },
		'budget-tokens': { type: 'string', default: '700' },
		out: { type: 'string', default: join('out', 'results') },
	},
});

await setUp();
const model = values.model.endsWith('.gguf') ? resolve(values.model) : values.model;
const name = basename(model)
	.replace(/\.gguf$/u, '')
	.replace(/[^\w.-]+/gu, '-');
const folder = resolve(root, values.out, name);
mkdirSync(folder, { recursive: true });
const set = join(root, 'examples', 'company-conventions');
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const library = (seed) => join(folder, `seed-${seed}`, '.flex');

for (const seed of seeds) {
	const size = [
		'--limit',
		values.train,
		'--epochs',
		values.epochs,
		'--rollouts',
		values.rollouts,
		'--rounds',
		values.rounds,
	];
	await step(
		'train',
		[set, '--model', model, ...size, '--seed', String(seed), '--max-calls', '0', '--run-id', ulidOf('train', seed)],
		join(folder, `seed-${seed}`),
	);
}
await step(
	'tune',
	[
		set,
		'--model',
		model,
		'--train-limit',
		values.train,
		'--limit',
		values.dev,
		'--budget-tokens',
		values['budget-tokens'],
		'--library',
		library(1),
		'--resume',
		ulidOf('tune'),
	],
	folder,
);
await step(
	'bench',
	[
		set,
		...['--model', model, '--split', 'test', '--limit', values.problems, '--train-limit', values.train],
		...['--arms', values.arms, '--library', ...seeds.map(library)],
		...['--html', join(folder, 'report.html'), '--resume', ulidOf('bench')],
	],
	folder,
);

async function step(command, args, workspace) {
	const { code } = await run(process.execPath, [
		join(root, 'dist', 'cli.js'),
		command,
		...args,
		'--workspace',
		workspace,
	]);
	if (code !== 0) process.exit(code);
}

/** The same step has the same run id each time, so that it goes on instead of beginning anew. */
function ulidOf(...parts) {
	const digits = createHash('sha256')
		.update(JSON.stringify([name, values, ...parts]))
		.digest();
	const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	return `0${[...digits.subarray(0, 25)].map((byte) => alphabet[byte % 32]).join('')}`;
}
