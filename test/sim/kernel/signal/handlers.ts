/** Pieces of assembler for signal tests. */

export const SIGUSR1 = 10;
export const SIGSEGV = 11;

/** rt_sigaction(signal, action, 0, 8), with `flags` and a mask in the action that `name` labels. */
export const install = (signal: number, action: string): string => `
        li      r3, ${String(signal)}
        address r4, ${action}
        li      r5, 0
        li      r6, 8
        system  173
`;
export const action = (name: string, handler: string, flags: string, mask = '0'): string => `
        .data
        .balign 8
${name}: .quad  ${handler}_descriptor, ${flags}, 0, ${mask}
${handler}_descriptor: .quad ${handler}, 0, 0
        .text
`;
export const raise = (signal: number): string => `
        system  20
        li      r4, ${String(signal)}
        system  37
`;
export const SA_SIGINFO = '4';

