/* The regular expressions, file patterns and word expansion of the C library, and a matcher of its own to compare with. */
#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int match_here(const char *re, const char *text);
static int match_star(int c, const char *re, const char *text)
{
    do {
        if (match_here(re, text)) return 1;
    } while (*text != 0 && (*text++ == c || c == '.'));
    return 0;
}
static int match_here(const char *re, const char *text)
{
    if (re[0] == 0) return 1;
    if (re[1] == '*') return match_star(re[0], re + 2, text);
    if (re[0] == '$' && re[1] == 0) return *text == 0;
    if (*text != 0 && (re[0] == '.' || re[0] == *text)) return match_here(re + 1, text + 1);
    return 0;
}
static int match(const char *re, const char *text)
{
    if (re[0] == '^') return match_here(re + 1, text);
    do if (match_here(re, text)) return 1; while (*text++ != 0);
    return 0;
}

int main(void)
{
    static const char *const patterns[] = {
        "([a-z]+)@([a-z.]+)", "^[0-9]{3}-[0-9]{4}$", "(a|ab)(c|bcd)(d*)", "x*", "(foo|bar)+baz", "[^[:space:]]+[[:digit:]]", "\\(.*\\)", "(.)\\1", "a{2,4}b?c",
    };
    static const char *const texts[] = { "mail bob@example.org now", "555-1234", "abcd", "", "foobarfoobaz", "hello w0rld 42", "f(x(y))", "letter", "aaaabc" };
    static const char *const simple[] = { "^ab*c$", "a.c", ".*z", "^x", "b*$", "colou*r" };
    static const char *const words[] = { "abbbbc", "ac", "xyz", "abc", "color", "colouuur", "", "b" };
    static const char *const bad[] = { "(", "[a", "a{1", "*", "\\" };
    char message[100];
    regex_t re;
    regmatch_t m[5];
    int agree = 0;

    for (unsigned i = 0; i < 9; i++) {
        if (regcomp(&re, patterns[i], REG_EXTENDED) != 0) { printf("%s?\n", patterns[i]); continue; }
        printf("%-28s", patterns[i]);
        for (unsigned j = 0; j < 9; j++) {
            if (regexec(&re, texts[j], 5, m, 0) != 0) continue;
            printf(" %u:", j);
            for (unsigned k = 0; k <= re.re_nsub && k < 5; k++) printf("%d-%d,", (int)m[k].rm_so, (int)m[k].rm_eo);
        }
        puts("");
        regfree(&re);
    }
    for (unsigned i = 0; i < 6; i++) {
        regcomp(&re, simple[i], REG_NOSUB);
        for (unsigned j = 0; j < 8; j++) agree += match(simple[i], words[j]) == (regexec(&re, words[j], 0, NULL, 0) == 0);
        regfree(&re);
    }
    printf("%d of 48\n", agree);
    for (unsigned i = 0; i < 5; i++) {
        int error = regcomp(&re, bad[i], REG_EXTENDED);
        regerror(error, &re, message, sizeof message);
        printf("%s: %s\n", bad[i], error ? message : "valid");
        if (error == 0) regfree(&re);
    }
    regcomp(&re, "HELLO", REG_ICASE | REG_EXTENDED);
    printf("%d\n", regexec(&re, "say Hello", 1, m, 0));
    regfree(&re);
    printf("%d %d %d\n", fnmatch("*.[ch]", "main.c", 0), fnmatch("a?c*", "abcdef", 0), fnmatch("*/x", "a/b/x", FNM_PATHNAME) != 0);
    return 0;
}
