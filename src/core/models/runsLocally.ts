/** Whether a model runs on this machine, where nobody bills it unless the user gave it a price. */

/** @param id of a model, as in `embedded:<name>`, or the path of a model file */
export function runsLocally(id: string): boolean {
	return /^(?:embedded|replay):/u.test(id) || id.endsWith('.gguf');
}
