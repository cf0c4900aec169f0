/** Makes plain scripts of TypeScript and of modules: types are stripped, `import` and `export` become CommonJS. */
import { type Transform, transform } from 'sucrase';
import type { SandboxResult, TranslateRequest } from '../core/tasks/sandbox.js';

/** Never throws; a text that does not parse gives the reason as `thrown`. */
export function translateCode({ source, language, keepImports = false }: TranslateRequest): SandboxResult {
	const transforms: Transform[] = language === 'typescript' ? ['typescript', 'imports'] : ['imports'];
	try {
		const { code } = transform(source, {
			transforms,
			// QuickJS has all of today's syntax.
			disableESTransforms: true,
			keepUnusedImports: keepImports,
			preserveDynamicImport: true,
		});
		return { status: 'done', output: '', value: withoutMarker(code) };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { status: 'thrown', output: '', error: `SyntaxError: ${why.replace(/^Error transforming [^:]*: /u, '')}` };
	}
}

/** Says to other modules that this one was an ES module; answer and tests share one script, and nobody asks. */
function withoutMarker(code: string): string {
	return code.replace('Object.defineProperty(exports, "__esModule", {value: true});', '');
}
