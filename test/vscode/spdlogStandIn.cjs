/**
 * Stands in for the native module @vscode/spdlog: the same interface, plain files. The names are exported one by one,
 * because VS Code imports it as an ES module and must find them in the text.
 */
'use strict';
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
	constructor(_kind, _name, file) {
		this.file = file;
		this.level = 2;
		this.raw = false;
		mkdirSync(dirname(file), { recursive: true });
	}
	write(level, message) {
		if (level < this.level) return;
		const line = this.raw ? message : `${new Date().toISOString()} [${names[level]}] ${message}\n`;
		try {
			appendFileSync(this.file, line);
		} catch {
			// The folder of the logs is gone: the server is being removed.
		}
	}
	trace(message) {
		this.write(0, message);
	}
	debug(message) {
		this.write(1, message);
	}
	info(message) {
		this.write(2, message);
	}
	warn(message) {
		this.write(3, message);
	}
	error(message) {
		this.write(4, message);
	}
	critical(message) {
		this.write(5, message);
	}
	getLevel() {
		return this.level;
	}
	setLevel(level) {
		this.level = level;
	}
	clearFormatters() {
		this.raw = true;
	}
	setPattern() {}
	flush() {}
	drop() {}
}

async function create(name, file) {
	return new Logger('rotating', name, file);
}

exports.version = 11100;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
