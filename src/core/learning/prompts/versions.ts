/** The versions of all prompts, for reports: results are comparable where these are the same. */
import { formulaInstructionsVersion } from '../../tasks/fitness/formulaInstructions.js';
import { actorPromptVersion } from './actor.js';
import { advisePromptVersion } from './advise.js';
import { agentPromptVersion } from './agent.js';
import { distilPromptVersion } from './distil.js';
import { judgePromptVersion } from './judge.js';
import { kindPromptVersion } from './kind.js';
import { updatePromptVersion } from './update.js';

export const promptVersions: Readonly<Record<string, string>> = {
	'actor prompt': String(actorPromptVersion),
	'agent prompt': String(agentPromptVersion),
	'advise prompt': String(advisePromptVersion),
	'distil prompt': String(distilPromptVersion),
	'kind prompt': String(kindPromptVersion),
	'update prompt': String(updatePromptVersion),
	'judge prompt': String(judgePromptVersion),
	'formula instructions': String(formulaInstructionsVersion),
};
