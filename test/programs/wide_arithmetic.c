/* Integers of 64 and 128 bits: products, quotients, shifts, overflow, bit counting, rotations, byte order, conversions. */
#include <byteswap.h>
#include <endian.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

typedef unsigned __int128 u128;
typedef __int128 s128;

static uint64_t state = 0x9e3779b97f4a7c15ULL;
static uint64_t next(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
}

static void print(u128 x)
{
    char text[50], *p = text + sizeof text;
    *--p = 0;
    do *--p = (char)('0' + (int)(x % 10)); while ((x /= 10) != 0);
    printf("%s ", p);
}

int main(void)
{
    uint64_t mix = 0;
    u128 wide = 1;
    volatile int64_t least = INT64_MIN, minus = -1;
    long long product;

    for (int i = 0; i < 3000; i++) {
        uint64_t a = next(), b = next() >> next() % 64;
        int shift = (int)(next() % 64);
        if (b == 0) b = 1;
        mix = mix * 31 + a / b + a % b * 3;
        mix = mix * 31 + (uint64_t)((int64_t)a / (int64_t)b) + (uint64_t)((int64_t)a % (int64_t)b);
        mix = mix * 31 + (uint64_t)((u128)a * b >> 64);
        mix = mix * 31 + (uint64_t)((s128)(int64_t)a * (int64_t)b >> 64);
        mix ^= a << shift ^ a >> shift ^ (uint64_t)((int64_t)a >> shift);
        mix += (a << shift | a >> (64 - shift & 63)) * 5;
        mix ^= (uint32_t)a / ((uint32_t)b | 1) + (uint64_t)((int32_t)a / ((int32_t)b | 1 << 30)) + (uint16_t)a * (int16_t)b;
        u128 x = (u128)a << 64 | next(), y = (u128)(b >> 3) << (next() % 64) | 1;
        mix = mix * 31 + (uint64_t)(x / y) + (uint64_t)(x % y) + (uint64_t)((s128)x / (s128)y) + (uint64_t)(x << shift >> 64) + (uint64_t)((s128)x >> (shift + 30));
        mix += (x > y) + ((s128)x > (s128)y) * 2;
        mix += __builtin_popcountll(a) + 3 * __builtin_clzll(a | 1) + 5 * __builtin_ctzll(a | 1ULL << 63) + 7 * __builtin_parityll(a) + 9 * __builtin_ffsll((long long)b) + __builtin_clrsbll((long long)b);
        mix ^= bswap_64(a) + bswap_32((uint32_t)b) + bswap_16((uint16_t)a) + htole64(b) + be32toh((uint32_t)a);
        mix += (uint64_t)(double)a + (uint64_t)(int64_t)(float)(int32_t)b + (uint64_t)((double)(int64_t)a / 3);
        mix += (uint64_t)(unsigned)(double)(uint32_t)a;
    }
    printf("%016" PRIx64 "\n", mix);
    for (int i = 1; i <= 34; i++) wide *= i;
    print(wide);
    print(wide / 1000000007u);
    print((u128)-1);
    puts("");
    printf("%d %d %d %d\n", __builtin_mul_overflow(4000000000LL, 4000000000LL, &product), __builtin_add_overflow(LLONG_MAX, 1LL, &product),
           __builtin_sub_overflow(5LL, 7LL, &product), __builtin_mul_overflow_p(3, 4, 0));
    printf("%lld %" PRId64 "\n", product, least / 2);
    printf("%" PRId64 " %" PRId64 "\n", -least, least * minus);
    printf("%d %d %u\n", -7 / 2, -7 % 2, -7u / 2);
    struct { int64_t a : 40; uint64_t b : 20; int c : 3; } field = { -1, 0xfffff, 3 };
    field.a -= 5;
    field.b += 2;
    field.c += 2;
    printf("%lld %llu %d\n", (long long)field.a, (unsigned long long)field.b, field.c);
    printf("%d %d %d\n", (int)(int8_t)200, (int)(uint8_t)-1, (int)(int16_t)40000);
    printf("%d %ld %d\n", (int)3.99, (long)-3.99, (int)(unsigned char)300.5f);
    return 0;
}
