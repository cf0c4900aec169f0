/** The tools of a model that solves a problem as an agent. */
import type { Sandbox } from '../../tasks/sandbox.js';
import { TaskError } from '../../tasks/task.js';
import { runJavascript } from './runJavascript.js';
import { type ExperienceSearch, searchExperience } from './searchExperience.js';
import type { Tool } from './tool.js';

export interface AgentToolPorts {
	readonly sandbox: Sandbox | undefined;
	/** Given where the model may look into the library while it reasons; made anew for each problem. */
	readonly experience?: ExperienceSearch | undefined;
}

/** `run_javascript`, and `search_experience` where there is a library. @throws {TaskError} `missing-port` */
export function agentTools({ sandbox, experience }: AgentToolPorts): readonly Tool[] {
	if (!sandbox) {
		throw new TaskError(
			'missing-port',
			'An agent needs a sandbox for its code, and there is none here; leave out the arms agent and flex-agent.',
		);
	}
	return [runJavascript(sandbox), ...(experience ? [searchExperience(experience)] : [])];
}
