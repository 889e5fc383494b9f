/* A small language: scanner, parser to byte code, and a machine that runs it; closures are left out, functions recurse. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum op { PUSH, LOAD, STORE, GLOBAL, SETGLOBAL, ADD, SUB, MUL, DIV, MOD, LESS, EQUAL, NOT, JUMP, UNLESS, CALL, RETURN, PRINT, POP, HALT };
enum token { END, NUMBER, NAME, SYMBOL, IF, ELSE, WHILE, FUN, RET, PRINTS };

struct function { char name[16]; int entry, parameters; };

static const char *source;
static enum token token;
static long number;
static char name[16], symbol;
static long code[4000];
static int size;
static struct function functions[20];
static int function_count;
static char locals[40][16], globals[40][16];
static int local_count, global_count, inside;
static jmp_buf mistake;
static int line;

static void fail(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    printf("line %d: ", line);
    vprintf(format, list);
    puts("");
    va_end(list);
    longjmp(mistake, 1);
}

static void advance(void)
{
    static const char *const words[] = { "if", "else", "while", "fun", "return", "print" };
    while (isspace((unsigned char)*source)) line += *source++ == '\n';
    if (*source == 0) { token = END; return; }
    if (isdigit((unsigned char)*source)) {
        number = strtol(source, (char **)&source, 10);
        token = NUMBER;
        return;
    }
    if (isalpha((unsigned char)*source)) {
        int n = 0;
        while (isalnum((unsigned char)*source)) {
            if (n < 15) name[n++] = *source;
            source++;
        }
        name[n] = 0;
        token = NAME;
        for (int i = 0; i < 6; i++) if (strcmp(name, words[i]) == 0) token = IF + i;
        return;
    }
    token = SYMBOL;
    symbol = *source++;
}

static int is(char c) { return token == SYMBOL && symbol == c; }
static void expect(char c)
{
    if (!is(c)) fail("'%c' expected", c);
    advance();
}
static int emit(long op, long argument)
{
    code[size] = op;
    code[size + 1] = argument;
    return (size += 2) - 1;
}

static int find(char list[][16], int count)
{
    for (int i = 0; i < count; i++) if (strcmp(list[i], name) == 0) return i;
    return -1;
}

static void expression(void);

static void primary(void)
{
    if (token == NUMBER) { emit(PUSH, number); advance(); return; }
    if (is('(')) { advance(); expression(); expect(')'); return; }
    if (is('-')) { advance(); emit(PUSH, 0); primary(); emit(SUB, 0); return; }
    if (is('!')) { advance(); primary(); emit(NOT, 0); return; }
    if (token != NAME) fail("a value expected");
    char called[16];
    strcpy(called, name);
    int local = inside ? find(locals, local_count) : -1, global = find(globals, global_count);
    advance();
    if (is('(')) {
        int target = -1, arguments = 0;
        for (int i = 0; i < function_count; i++) if (strcmp(functions[i].name, called) == 0) target = i;
        if (target < 0) fail("no function %s", called);
        advance();
        while (!is(')')) {
            expression();
            arguments++;
            if (is(',')) advance();
        }
        advance();
        if (arguments != functions[target].parameters) fail("%s takes %d arguments", called, functions[target].parameters);
        emit(CALL, target);
    } else if (local >= 0) emit(LOAD, local);
    else if (global >= 0) emit(GLOBAL, global);
    else fail("no variable %s", called);
}

static void binary(int level)
{
    static const char *const operators[] = { "<=", "+-", "*/%" };
    static const int codes[] = { LESS, EQUAL, ADD, SUB, MUL, DIV, MOD };
    static const int first[] = { 0, 2, 4 };
    if (level == 3) { primary(); return; }
    binary(level + 1);
    for (const char *p; token == SYMBOL && (p = strchr(operators[level], symbol)) != NULL; ) {
        advance();
        binary(level + 1);
        emit(codes[first[level] + (p - operators[level])], 0);
    }
}
static void expression(void) { binary(0); }

static void statement(void)
{
    if (is('{')) {
        advance();
        while (!is('}')) statement();
        advance();
    } else if (token == IF) {
        advance();
        expression();
        int skip = emit(UNLESS, 0);
        statement();
        if (token == ELSE) {
            int end = emit(JUMP, 0);
            code[skip] = size;
            advance();
            statement();
            skip = end;
        }
        code[skip] = size;
    } else if (token == WHILE) {
        int start = size;
        advance();
        expression();
        int skip = emit(UNLESS, 0);
        statement();
        emit(JUMP, start);
        code[skip] = size;
    } else if (token == RET) {
        advance();
        expression();
        emit(RETURN, 0);
        expect(';');
    } else if (token == PRINTS) {
        advance();
        expression();
        emit(PRINT, 0);
        expect(';');
    } else if (token == FUN) {
        advance();
        struct function *f = &functions[function_count++];
        strcpy(f->name, name);
        advance();
        expect('(');
        local_count = 0;
        while (!is(')')) {
            strcpy(locals[local_count++], name);
            advance();
            if (is(',')) advance();
        }
        advance();
        f->parameters = local_count;
        int skip = emit(JUMP, 0);
        f->entry = size;
        inside = 1;
        statement();
        inside = 0;
        emit(PUSH, 0);
        emit(RETURN, 0);
        code[skip] = size;
    } else {
        const char *back = source;
        char target[16];
        strcpy(target, name);
        int was_name = token == NAME;
        advance();
        if (was_name && is(':')) {
            advance();
            expression();
            strcpy(name, target);
            int local = inside ? find(locals, local_count) : -1, global = find(globals, global_count);
            if (local < 0 && global < 0) {
                if (inside) strcpy(locals[local = local_count++], target);
                else strcpy(globals[global = global_count++], target);
            }
            emit(local >= 0 ? STORE : SETGLOBAL, local >= 0 ? local : global);
        } else {
            source = back;
            strcpy(name, target);
            if (!was_name) fail("a statement expected");
            token = NAME;
            expression();
            emit(POP, 0);
        }
        expect(';');
    }
}

static long run(void)
{
    static long stack[20000], variables[40];
    long steps = 0, *sp = stack, *frame = stack;
    for (int pc = 0; ; steps++) {
        long argument = code[pc + 1];
        pc += 2;
        switch (code[pc - 2]) {
        case PUSH: *sp++ = argument; break;
        case LOAD: *sp++ = frame[argument]; break;
        case STORE: frame[argument] = *--sp; break;
        case GLOBAL: *sp++ = variables[argument]; break;
        case SETGLOBAL: variables[argument] = *--sp; break;
        case ADD: sp--; sp[-1] += *sp; break;
        case SUB: sp--; sp[-1] -= *sp; break;
        case MUL: sp--; sp[-1] *= *sp; break;
        case DIV: if (*--sp == 0) fail("division by zero"); sp[-1] /= *sp; break;
        case MOD: sp--; sp[-1] %= *sp; break;
        case LESS: sp--; sp[-1] = sp[-1] < *sp; break;
        case EQUAL: sp--; sp[-1] = sp[-1] == *sp; break;
        case NOT: sp[-1] = !sp[-1]; break;
        case JUMP: pc = (int)argument; break;
        case UNLESS: if (!*--sp) pc = (int)argument; break;
        case POP: sp--; break;
        case PRINT: printf("%ld\n", *--sp); break;
        case CALL: {
            long *base = sp - functions[argument].parameters;
            memmove(base + 2, base, (sp - base) * sizeof *sp);
            base[0] = pc;
            base[1] = frame - stack;
            frame = base + 2;
            sp = frame + 20;
            if (sp > stack + 19000) fail("stack overflow");
            pc = functions[argument].entry;
            break;
        }
        case RETURN: {
            long value = sp[-1];
            sp = frame - 2;
            pc = (int)sp[0];
            frame = stack + sp[1];
            *sp++ = value;
            break;
        }
        case HALT: return steps;
        }
    }
}

static void interpret(const char *text)
{
    source = text;
    size = function_count = local_count = global_count = 0;
    line = 1;
    if (setjmp(mistake)) return;
    advance();
    while (token != END) statement();
    emit(HALT, 0);
    printf("%ld steps\n", run());
}

int main(void)
{
    interpret(
        "fun fib(n) { if n < 2 return n; return fib(n - 1) + fib(n - 2); }\n"
        "fun gcd(a, b) { while !(b = 0) { t : a % b; a : b; b : t; } return a; }\n"
        "print fib(17);\n"
        "print gcd(1071, 462);\n"
        "i : 2; count : 0;\n"
        "while i < 600 {\n"
        "  j : 2; prime : 1;\n"
        "  while j * j < i + 1 { if i % j = 0 prime : 0; j : j + 1; }\n"
        "  count : count + prime; i : i + 1;\n"
        "}\n"
        "print count; print -(3 + 4) * 2 % 5; print (7 < 8) + !0;");
    interpret("print 1 +;");
    interpret("x : 3;\nprint y;");
    interpret("fun f(a) return f(a + 1);\nprint f(0);");
    interpret("print 10 / 0;");
    return 0;
}
