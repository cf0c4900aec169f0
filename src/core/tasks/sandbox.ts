/** The port to a JavaScript sandbox: code runs in it without any input or output, bounded in time and memory. */

export interface SandboxRequest {
	/** A script (no modules). Its completion value is the result. */
	readonly code: string;
	/** Time at most, in milliseconds; what other programs take of a busy machine does not count, for up to ten times as long. */
	readonly timeoutMs: number;
	/** Heap at most, in bytes. */
	readonly memoryBytes: number;
	/** Where value and output are cut (default: 10,000 characters). */
	readonly mostCharacters?: number | undefined;
}

/** What `Sandbox.run` can't take as it is: types, `import` and `export`. */
export interface TranslateRequest {
	readonly source: string;
	readonly language: 'typescript' | 'javascript';
	/** Imports are kept also where the source itself makes no use of them. */
	readonly keepImports?: boolean | undefined;
}

/** `thrown`: the code threw, or would not parse. `crashed`: the sandbox itself broke down; the next run gets a new one. */
export type SandboxStatus = 'done' | 'thrown' | 'timeout' | 'out-of-memory' | 'crashed';

export interface SandboxResult {
	readonly status: SandboxStatus;
	/** The completion value as text, the way a console shows it; absent where it is undefined. Cut after `mostCharacters`. */
	readonly value?: string;
	/** What the code printed with `console.log` and its kind, cut after `mostCharacters`. */
	readonly output: string;
	/** Where it did not end well: name and message, with the line where known. */
	readonly error?: string;
}

export interface Sandbox {
	/** Each run begins in a fresh world: nothing that earlier code left behind is there. @throws the signal's reason */
	run(request: SandboxRequest, signal: AbortSignal): Promise<SandboxResult>;
	/** TypeScript without its types, or a module as a script, as the value; nothing runs. @throws the signal's reason */
	translate(request: TranslateRequest, signal: AbortSignal): Promise<SandboxResult>;
	close(): Promise<void>;
}
