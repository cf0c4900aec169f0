/** The program with all of its commands: one line a command, and the help that introduces them. */
import { stderr, stdout } from 'node:process';
import { Command } from 'commander';
import { registerBench } from './commands/bench.js';
import { registerCompletion } from './commands/completion.js';
import { registerCurate } from './commands/curate.js';
import { registerCurve } from './commands/curve.js';
import { registerDataset } from './commands/dataset.js';
import { registerDedupe } from './commands/dedupe.js';
import { registerDemo } from './commands/demo.js';
import { registerDoctor } from './commands/doctor.js';
import { registerEdit } from './commands/edit.js';
import { registerGate } from './commands/gate.js';
import { registerHistory } from './commands/history.js';
import { registerImportExport } from './commands/importExport.js';
import { registerLearn } from './commands/learn.js';
import { registerLint } from './commands/lint.js';
import { registerMatrix } from './commands/matrix.js';
import { registerMcp } from './commands/mcp.js';
import { registerModel } from './commands/model.js';
import { registerRemember } from './commands/remember.js';
import { registerReport } from './commands/report.js';
import { registerRuns } from './commands/runs.js';
import { registerSearch } from './commands/search.js';
import { registerShow } from './commands/show.js';
import { registerSolve } from './commands/solve.js';
import { registerStats } from './commands/stats.js';
import { registerTrain } from './commands/train.js';
import { registerTune } from './commands/tune.js';
import { registerUtility } from './commands/utility.js';
import { version } from './program.js';

const introduction = `
How it works:
  1. "train" lets a model solve the problems of a set; each answer is checked, and the model may try again.
  2. What right and wrong attempts teach is kept in .flex as experiences: a rule, patterns, worked cases.
  3. Later problems get the few experiences that fit them, as a part of the prompt. No weights change.
  4. "bench" measures on held-out problems what that is worth, next to examples, a placebo and a look-up.
  5. The library is yours: "search" and "show" it, "retire" what is wrong, "export" it to share.

First steps:
  flex-learn demo                                  the whole story with a small model, in some minutes
  flex-learn train examples/company-conventions    learn; then "bench" the same folder
  flex-learn search "refund after 30 days"         what the library knows about it

Exit codes: 0 done, 1 failed, 2 bad input, 3 stopped by the budget, 130 cancelled.
Settings: flags, over .flex/config.json, over defaults (docs/cli.md lists them all).`;

/** Everything that `flex-learn` understands. Its usage errors are thrown as commander's `CommanderError`. */
export function createProgram(): Command {
	// Commands take over what is set before they are added.
	const program = new Command('flex-learn')
		.description('Any language model learns from experience: solve, reflect, keep what was learned. No fine-tuning.')
		.version(version)
		.option('--workspace <folder>', 'folder that holds .flex (default: the nearest one upwards, else this one)')
		.option('--json', 'results as JSON on standard output, words on standard error')
		.configureHelp({ showGlobalOptions: true })
		.configureOutput({ getOutHelpWidth: () => helpWidth(stdout), getErrHelpWidth: () => helpWidth(stderr) })
		.showHelpAfterError('(add --help for what there is)')
		.exitOverride()
		.addHelpText('after', introduction);

	program.commandsGroup('Learn:');
	registerTrain(program);
	registerTune(program);
	registerBench(program);
	registerGate(program);
	registerUtility(program);
	registerCurve(program);
	registerMatrix(program);
	registerSolve(program);
	registerLearn(program);
	registerRemember(program);
	registerDemo(program);
	registerRuns(program);
	registerReport(program);

	program.commandsGroup('Library:');
	registerSearch(program);
	registerShow(program);
	registerEdit(program);
	registerHistory(program);
	registerCurate(program);
	registerStats(program);
	registerDedupe(program);
	registerLint(program);
	registerImportExport(program);

	program.commandsGroup('Set-up:');
	registerDataset(program);
	registerModel(program);
	registerDoctor(program);
	registerMcp(program);
	registerCompletion(program);
	program.helpCommand('help [command]', 'Explain a command; the same as --help behind it.');
	return program;
}

/** As wide as the terminal, but not so wide that lines are hard to read. */
function helpWidth({ columns = 100 }: { readonly columns?: number }): number {
	return Math.min(columns, 110);
}
