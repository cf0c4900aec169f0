/** Types of `bundles.mjs` for tests. */
import type { BuildOptions } from 'esbuild';

export function platformOf(bundle: {
	readonly browser?: boolean;
}): Pick<BuildOptions, 'platform' | 'target' | 'format'>;

export const assets: readonly { readonly from: string; readonly to: string }[];
