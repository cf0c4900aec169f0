/** What the sandbox uses of WebAssembly: Node 20 has it, its types leave it out. */
declare namespace WebAssembly {
	class Module {
		constructor(bytes: Uint8Array);
	}
	/** Sizes in pages of 64 KiB. */
	class Memory {
		constructor(size: { readonly initial: number; readonly maximum: number });
		readonly buffer: ArrayBuffer;
	}
}
