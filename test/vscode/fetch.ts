/** Installs the VS Code that tests open, where it is missing. */
import { join } from 'node:path';
import { installVsCode } from './install.js';

installVsCode(join(import.meta.dirname, '../..'));
