/** Types of bundledPackages.mjs, for its tests. */
export interface BundledPackage {
	readonly name: string;
	readonly version: string;
	/** As its manifest says it: an SPDX identifier, or empty. */
	readonly licence: string;
	/** Text of the licence; empty where the package has none. */
	readonly text: string;
	/** What a NOTICE file says, which Apache-2.0 wants handed on. */
	readonly notice: string;
}

export function bundledPackages(root: string): Promise<readonly BundledPackage[]>;
export function packageFolder(file: string): string | undefined;
export function faultsOf(found: Pick<BundledPackage, 'name' | 'licence' | 'text'>): readonly string[];
