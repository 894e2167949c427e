#!/usr/bin/env node
import { runCommand } from './run-command'
import { openShell } from './shell'

void runCommand(process.argv.slice(2), openShell(process))
