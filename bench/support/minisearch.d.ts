/** As much of MiniSearch's types as the benchmarks use: the package is installed for benchmarks alone. */
declare module 'minisearch' {
	export default class MiniSearch<Document> {
		constructor(options: {
			readonly fields: readonly (keyof Document & string)[];
			readonly searchOptions?: {
				readonly prefix?: boolean;
				readonly combineWith?: 'AND' | 'OR';
				readonly boost?: Readonly<Partial<Record<keyof Document & string, number>>>;
			};
		});
		addAll(documents: readonly Document[]): void;
		search(query: string): readonly { readonly id: string; readonly score: number }[];
	}
}
