/** Which files of a change are never shown to a model: what holds secrets, what nobody wrote, and what is too big. */
import { matchesAny } from '../../globs.js';
import type { FileDiff } from './unifiedDiff.js';

export type LeftOutReason =
	| 'secrets'
	| 'ignored'
	| 'excluded'
	| 'binary'
	| 'generated'
	| 'too-large'
	/** Nothing but white space or line ends changed, or the name. */
	| 'no-content'
	/** The prompt had no room for it. */
	| 'no-room';

export interface LeftOut {
	readonly path: string;
	readonly reason: LeftOutReason;
}

export interface LeaveOutRules {
	/** Patterns of the user: `files.exclude`, `flex.learn.exclude`. */
	readonly exclude: readonly string[];
	/** Paths that git ignores, though a change may hold them. */
	readonly ignored: readonly string[];
}

/** Changed lines above which a file is no change that one could learn from. */
const mostLines = 2_000;

const secretFiles = [
	'.env*',
	'*.env',
	'*.{pem,key,p12,pfx,p8,jks,keystore,kdbx,asc,gpg,ppk,ovpn}',
	'id_{rsa,dsa,ecdsa,ed25519}*',
	'{.npmrc,.pypirc,.netrc,_netrc,.git-credentials,.htpasswd,.pgpass,.my.cnf,.dockercfg,kubeconfig}',
	'{credentials,secrets,secret}',
	'{credentials,secrets,secret}.{json,yml,yaml,toml,ini,env,txt,properties}',
	'*{service-account,service_account,client_secret}*.json',
	'*.{tfvars,tfstate}',
	'{.aws,.ssh,.gnupg,.azure,.kube}',
	'.docker/config.json',
];

const generatedFiles = [
	'{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb,composer.lock,Gemfile.lock}',
	'{poetry.lock,uv.lock,Pipfile.lock,Cargo.lock,go.sum,flake.lock,packages.lock.json}',
	'*.{min.js,min.css,map,snap,lock}',
	'{node_modules,.flex,.git,__pycache__,.venv,.tox}',
];

const isSecret = matchesAny(secretFiles);
const isGenerated = matchesAny(generatedFiles);

/** Whether a file of this name may hold secrets, so that nothing of it is read. */
export function isSecretFile(path: string): boolean {
	return isSecret(path);
}

/** Why `file` is left out; undefined where it may be shown. A renamed file is judged by both of its names. */
export function leaveOut(rules: LeaveOutRules): (file: FileDiff) => LeftOutReason | undefined {
	const isExcluded = matchesAny(rules.exclude);
	const ignored = new Set(rules.ignored);
	return (file) => {
		const paths = file.oldPath === undefined ? [file.path] : [file.path, file.oldPath];
		if (paths.some(isSecret)) return 'secrets';
		if (paths.some((path) => ignored.has(path))) return 'ignored';
		if (paths.some(isExcluded)) return 'excluded';
		if (paths.some(isGenerated)) return 'generated';
		if (file.binary) return 'binary';
		const lines = file.hunks.flatMap((hunk) => hunk.lines);
		if (lines.filter(({ sign }) => sign !== ' ').length > mostLines) return 'too-large';
		return lines.some(({ text }) => text.length > 5_000) ? 'generated' : undefined;
	};
}
