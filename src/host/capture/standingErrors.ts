/** Remembers since when each file has which errors, and tells which ones an edit took away after they had stood a while. */

/** Milliseconds between an edit and what a language's service says of it. */
const edits = 30_000;

interface FileErrors {
	/** Error by the time when it was first seen. */
	readonly since: Map<string, number>;
	editedAt: number;
}

export class StandingErrors {
	private readonly files = new Map<string, FileErrors>();

	edited(file: string, now: number): void {
		const known = this.files.get(file);
		if (known) known.editedAt = now;
	}

	/**
	 * What the file's errors are now.
	 * @param standing milliseconds that an error must have stood
	 * @returns those that are gone, after an edit, and had stood so long
	 */
	see(file: string, errors: readonly string[], now: number, standing: number): readonly string[] {
		const known = this.files.get(file) ?? { since: new Map<string, number>(), editedAt: Number.NEGATIVE_INFINITY };
		const gone = [...known.since].filter(([error]) => !errors.includes(error));
		for (const [error] of gone) known.since.delete(error);
		for (const error of errors) if (!known.since.has(error)) known.since.set(error, now);
		if (known.since.size === 0) this.files.delete(file);
		else this.files.set(file, known);
		if (now - known.editedAt > edits) return [];
		return gone.filter(([, since]) => now - since >= standing).map(([error]) => error);
	}

	forget(file: string): void {
		this.files.delete(file);
	}
}
