/** `npm start`: sets everything up and runs the demo; what stands after `--` is handed on to it. */
import { run, setUp } from './setup.mjs';

await setUp();
const { code } = await run(process.execPath, ['dist/cli.js', 'demo', ...process.argv.slice(2)]);
process.exit(code);
