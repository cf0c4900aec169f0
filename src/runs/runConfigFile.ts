/** A run's `config.json`, read again: what was asked for, and how to ask for it once more. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const modelsSchema = v.looseObject({ default: v.optional(v.string()), actor: v.optional(v.string()) });

const configFileSchema = v.looseObject({
	kind: v.picklist(['train', 'bench', 'tune', 'curve', 'matrix', 'gate', 'utility']),
	/** The folder of the problem set. */
	set: v.string(),
	split: v.optional(v.string()),
	limit: v.optional(v.number()),
	arms: v.optional(v.array(v.string())),
	seeds: v.optional(v.array(v.number())),
	candidates: v.optional(v.array(v.looseObject({ arm: v.string(), name: v.string() }))),
	models: v.optional(v.array(v.string())),
	library: v.optional(v.looseObject({ id: v.string(), experiences: v.number(), patterns: v.optional(v.number(), 0) })),
	config: v.looseObject({
		training: v.looseObject({ epochs: v.optional(v.number(), 1), limit: v.optional(v.number(), 0) }),
		models: modelsSchema,
		retrieval: v.optional(v.looseObject({ withhold: v.optional(v.number(), 0) }), {}),
		evaluation: v.optional(
			v.looseObject({ samples: v.optional(v.number(), 1), temperature: v.optional(v.number(), 0) }),
			{},
		),
	}),
	startedBy: v.optional(v.object({ args: v.array(v.string()), cwd: v.string() })),
});

/** What the folder of a run keeps of the request; runs of older versions lack some of it. */
export type RunConfigFile = v.InferOutput<typeof configFileSchema>;

export type RunKind = RunConfigFile['kind'];

/** The config of the run in `folder`, or in one sentence why there is none. */
export function readConfigFile(folder: string): { readonly config?: RunConfigFile; readonly damage?: string } {
	let value: unknown;
	try {
		value = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
	} catch (error) {
		const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		return { damage: missing ? 'It has no config.json.' : "Its config.json can't be read." };
	}
	const checked = v.safeParse(configFileSchema, value);
	if (checked.success) return { config: checked.output };
	const [issue] = checked.issues;
	return { damage: `Its config.json is not that of a run: ${v.getDotPath(issue) ?? '(top)'}: ${issue.message}.` };
}

/** The model that answers; of a matrix all of them. */
export function modelOf({ models, config }: RunConfigFile): string {
	return models?.join(', ') ?? config.models.actor ?? config.models.default ?? '';
}
