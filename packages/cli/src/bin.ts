#!/usr/bin/env node
import { runCommand } from './command/run-command'
import { openProcessIo } from './command/process-io'

void runCommand(process.argv.slice(2), openProcessIo(process))
