/** `flex-learn completion`: prints a script that lets the shell complete commands, options, problem sets and runs. */
import { Argument, type Command } from 'commander';
import { completionScript, type Shell, shells } from '../completionScripts.js';
import { completionTree } from '../completionTree.js';
import { exitCodes } from '../exitCodes.js';
import { withSession } from '../options.js';

export function registerCompletion(program: Command): void {
	program
		.command('completion')
		.addArgument(new Argument('<shell>', 'the shell to write it for').choices(shells))
		.description('Print a script that completes commands, options, problem sets and runs in your shell.')
		.addHelpText(
			'after',
			`
Examples:
  source <(flex-learn completion bash)
  flex-learn completion zsh > ~/.zfunc/_flex-learn          (a folder of $fpath)
  flex-learn completion fish > ~/.config/fish/completions/flex-learn.fish`,
		)
		.action(
			withSession(async ({ terminal }, shell: Shell) => {
				const script = completionScript(shell, completionTree(program));
				terminal.data({ shell, script });
				terminal.raw(script);
				return exitCodes.done;
			}),
		);
}
