/** What each command is called with: help texts and parsing both come from here. */
import { DEFAULT_PROFILE } from '../sim/kernel/profile/tables.ts';
import type { CommandSpec } from './args.ts';

/** The machine that `run` and `compare` build. */
const machineOptions = {
  spes: { value: 'N', about: 'physical SPEs, 0 to 16 (8)' },
  memory: { value: 'SIZE', about: 'memory: bytes, or a number with K, M or G (256M)' },
  swap: { value: 'SIZE', about: 'size of the swap device (none)' },
  disk: { value: 'SIZE', about: 'size of the disk that files are on (1G)' },
  'page-size': { value: '4K|64K', about: 'size of a page (4K)' },
  uid: { value: 'N', about: 'user number of the program, 0 for root (1000)' },
  'host-folder': { value: 'DIR', about: 'a folder that the program can read under /host' },
  devices: { value: 'FILE', about: 'a JSON file of devices whose page faults are answered from a list' },
  'max-cycles': { value: 'N', about: 'end after N simulated cycles, with status 124' },
  json: { about: 'print one JSON object instead of tables' },
} as const;

export const RUN = {
  name: 'run',
  about: 'runs a guest program and prints what became of each of its page faults',
  operands: 'PROGRAM [MORE.s...] [ARGUMENTS...]',
  options: {
    kernel: { value: 'PROFILE[,CHOICE=VALUE...]', about: `the kernel that it runs under, with single choices changed (${DEFAULT_PROFILE})` },
    ...machineOptions,
    coverage: { value: 'FILE', about: 'write which source lines ran to this file, in the format of lcov' },
  },
  statuses: 'the guest\'s own, 128 + N where signal N killed it, 124 at --max-cycles, 123 where nothing in it can run',
} as const satisfies CommandSpec;

export const COMPARE = {
  name: 'compare',
  about: 'runs a guest program under several kernels and prints their outcomes side by side',
  operands: 'PROGRAM [MORE.s...] [ARGUMENTS...]',
  options: {
    kernels: { value: 'A,B,...|all', about: 'the kernels, choices behind each as with run (all)' },
    policies: { value: 'A,B,...', about: 'each kernel under these retry policies: unlimited, once, signal-bounded, mm-sequence' },
    markdown: { about: 'print the tables as Markdown' },
    ...machineOptions,
  },
} as const satisfies CommandSpec;

export const LISTING = {
  name: 'listing',
  about: 'prints a path of the kernel model, a line a step, or the lines in which two kernels differ',
  operands: '[PATH]',
  options: {
    kernel: { value: 'PROFILE[,CHOICE=VALUE...]', about: `the kernel (${DEFAULT_PROFILE}); without PATH the paths that it has` },
    compare: { value: 'PROFILE[,CHOICE=VALUE...]', about: 'another kernel; without PATH every line that differs' },
  },
} as const satisfies CommandSpec;

export const DAP = {
  name: 'dap',
  about: 'serves the debug adapter on standard input and output, or on a TCP port',
  operands: '',
  options: { port: { value: 'N', about: 'listen on this port of localhost; 0 takes a free one and prints it' } },
} as const satisfies CommandSpec;

export const ASM = {
  name: 'asm',
  about: 'assembles source files into one program and prints the listing with addresses and encodings',
  operands: 'FILE [FILE...]',
  options: {},
} as const satisfies CommandSpec;

export const DISASM = {
  name: 'disasm',
  about: 'disassembles a program: an ELF file, or assembler source files',
  operands: 'FILE [FILE...]',
  options: {},
} as const satisfies CommandSpec;
