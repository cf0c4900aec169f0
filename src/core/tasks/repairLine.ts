/** Repairs a line of a split that is not valid JSON: a comma, a quote or a brace is missing. */
import { jsonrepair } from 'jsonrepair';
import { parseProblem } from './problemSet.js';

/** The line as a problem that can be read; undefined where it is none even then. */
export function repairLine(line: string): string | undefined {
	const repaired = repairedJson(line.trim());
	if (repaired === undefined || /[\r\n]/u.test(repaired)) return undefined;
	const parsed = parseProblem(repaired);
	// A key that is missing is for the user to write; whatever else is wrong after the repair makes it useless.
	return 'message' in parsed && parsed.key === undefined ? undefined : repaired;
}

function repairedJson(line: string): string | undefined {
	try {
		return jsonrepair(line);
	} catch {
		return undefined;
	}
}
