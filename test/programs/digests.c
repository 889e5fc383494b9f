/* SHA-256, MD5, SHA-512, CRC-32, Adler-32 and ChaCha20 of known texts, and of a longer one. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t ror(uint32_t x, int n) { return x >> n | x << (32 - n); }
static uint32_t rol(uint32_t x, int n) { return x << n | x >> (32 - n); }
static uint64_t ror64(uint64_t x, int n) { return x >> n | x << (64 - n); }

static uint32_t k256[64], h256[8], kmd5[64];
static uint64_t k512[80], h512[8];

/* The first bits of the fractional parts of roots of the primes, found by bisection in integers. */
static uint64_t root_fraction(unsigned prime, int cube)
{
    unsigned __int128 low = 0, high = (unsigned __int128)1 << 69;
    while (high - low > 1) {
        unsigned __int128 middle = (low + high) / 2;
        unsigned factor[6], result[18] = { 0 };
        for (int i = 0; i < 3; i++) factor[i] = (unsigned)(middle >> 32 * i);
        unsigned product[12] = { 1 };
        int length = 1;
        for (int round = 0; round < (cube ? 3 : 2); round++) {
            memset(result, 0, sizeof result);
            for (int i = 0; i < length; i++) {
                uint64_t carry = 0;
                for (int j = 0; j < 3 || carry; j++) {
                    uint64_t t = (uint64_t)product[i] * (j < 3 ? factor[j] : 0) + result[i + j] + carry;
                    result[i + j] = (unsigned)t;
                    carry = t >> 32;
                }
            }
            length += 3;
            memcpy(product, result, sizeof product);
        }
        int words = cube ? 6 : 4;
        uint64_t whole = ((uint64_t)product[words + 1] << 32) + product[words];
        if (whole >= prime) high = middle;
        else low = middle;
    }
    return (uint64_t)low;
}

static void prepare(void)
{
    int count = 0;
    for (unsigned n = 2; count < 80; n++) {
        int is_prime = 1;
        for (unsigned d = 2; d * d <= n; d++) if (n % d == 0) is_prime = 0;
        if (!is_prime) continue;
        k512[count] = root_fraction(n, 1);
        if (count < 64) k256[count] = (uint32_t)(k512[count] >> 32);
        if (count < 8) {
            h512[count] = root_fraction(n, 0);
            h256[count] = (uint32_t)(h512[count] >> 32);
        }
        count++;
    }
    for (int i = 0; i < 64; i++) kmd5[i] = (uint32_t)(uint64_t)(fabs(sin(i + 1)) * 4294967296.0);
}

static size_t padded(uint8_t *out, const void *text, size_t length, size_t block, int big_endian)
{
    size_t total = (length + 1 + block / 8 + block - 1) / block * block;
    memset(out, 0, total);
    memcpy(out, text, length);
    out[length] = 0x80;
    for (int i = 0; i < 8; i++) out[big_endian ? total - 1 - i : total - 8 + i] = (uint8_t)((uint64_t)length * 8 >> 8 * i);
    return total;
}

static uint8_t buffer[70000];

static void sha256(const void *text, size_t length)
{
    uint32_t h[8];
    size_t total = padded(buffer, text, length, 64, 1);
    memcpy(h, h256, sizeof h);
    for (size_t at = 0; at < total; at += 64) {
        uint32_t w[64], s[8];
        for (int i = 0; i < 16; i++) w[i] = (uint32_t)buffer[at + 4 * i] << 24 | buffer[at + 4 * i + 1] << 16 | buffer[at + 4 * i + 2] << 8 | buffer[at + 4 * i + 3];
        for (int i = 16; i < 64; i++)
            w[i] = w[i - 16] + w[i - 7] + (ror(w[i - 15], 7) ^ ror(w[i - 15], 18) ^ w[i - 15] >> 3) + (ror(w[i - 2], 17) ^ ror(w[i - 2], 19) ^ w[i - 2] >> 10);
        memcpy(s, h, sizeof s);
        for (int i = 0; i < 64; i++) {
            uint32_t t1 = s[7] + (ror(s[4], 6) ^ ror(s[4], 11) ^ ror(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k256[i] + w[i];
            uint32_t t2 = (ror(s[0], 2) ^ ror(s[0], 13) ^ ror(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
            memmove(s + 1, s, 28);
            s[4] += t1;
            s[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) h[i] += s[i];
    }
    for (int i = 0; i < 8; i++) printf("%08x", h[i]);
    puts("");
}

static void sha512(const void *text, size_t length)
{
    uint64_t h[8];
    size_t total = padded(buffer, text, length, 128, 1);
    memcpy(h, h512, sizeof h);
    for (size_t at = 0; at < total; at += 128) {
        uint64_t w[80], s[8];
        for (int i = 0; i < 16; i++) {
            w[i] = 0;
            for (int j = 0; j < 8; j++) w[i] = w[i] << 8 | buffer[at + 8 * i + j];
        }
        for (int i = 16; i < 80; i++)
            w[i] = w[i - 16] + w[i - 7] + (ror64(w[i - 15], 1) ^ ror64(w[i - 15], 8) ^ w[i - 15] >> 7) + (ror64(w[i - 2], 19) ^ ror64(w[i - 2], 61) ^ w[i - 2] >> 6);
        memcpy(s, h, sizeof s);
        for (int i = 0; i < 80; i++) {
            uint64_t t1 = s[7] + (ror64(s[4], 14) ^ ror64(s[4], 18) ^ ror64(s[4], 41)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k512[i] + w[i];
            uint64_t t2 = (ror64(s[0], 28) ^ ror64(s[0], 34) ^ ror64(s[0], 39)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
            memmove(s + 1, s, 56);
            s[4] += t1;
            s[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) h[i] += s[i];
    }
    for (int i = 0; i < 8; i++) printf("%016llx", (unsigned long long)h[i]);
    puts("");
}

static void md5(const void *text, size_t length)
{
    static const int turns[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };
    uint32_t h[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };
    size_t total = padded(buffer, text, length, 64, 0);
    for (size_t at = 0; at < total; at += 64) {
        uint32_t a = h[0], b = h[1], c = h[2], d = h[3];
        for (int i = 0; i < 64; i++) {
            uint32_t f;
            int g, round = i / 16;
            if (round == 0) f = (b & c) | (~b & d), g = i;
            else if (round == 1) f = (d & b) | (~d & c), g = 5 * i + 1;
            else if (round == 2) f = b ^ c ^ d, g = 3 * i + 5;
            else f = c ^ (b | ~d), g = 7 * i;
            const uint8_t *w = buffer + at + 4 * (g % 16);
            f += a + kmd5[i] + (w[0] | w[1] << 8 | w[2] << 16 | (uint32_t)w[3] << 24);
            a = d;
            d = c;
            c = b;
            b += rol(f, turns[round][i % 4]);
        }
        h[0] += a; h[1] += b; h[2] += c; h[3] += d;
    }
    for (int i = 0; i < 16; i++) printf("%02x", h[i / 4] >> i % 4 * 8 & 0xff);
    puts("");
}

static uint32_t crc32(const uint8_t *p, size_t n)
{
    uint32_t table[256], crc = ~0u;
    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i;
        for (int bit = 0; bit < 8; bit++) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320 : 0);
    }
    while (n--) crc = crc >> 8 ^ table[(crc ^ *p++) & 0xff];
    return ~crc;
}

static uint32_t adler32(const uint8_t *p, size_t n)
{
    uint32_t a = 1, b = 0;
    while (n--) a = (a + *p++) % 65521, b = (b + a) % 65521;
    return b << 16 | a;
}

int main(void)
{
    static uint8_t text[60000];
    static const char *const known[] = { "", "abc", "message digest", "The quick brown fox jumps over the lazy dog" };
    prepare();
    for (int i = 0; i < 60000; i++) text[i] = (uint8_t)(i * i >> 3);
    for (int i = 0; i < 4; i++) {
        md5(known[i], strlen(known[i]));
        sha256(known[i], strlen(known[i]));
        sha512(known[i], strlen(known[i]));
        printf("%08x %08x\n", crc32((const uint8_t *)known[i], strlen(known[i])), adler32((const uint8_t *)known[i], strlen(known[i])));
    }
    md5(text, sizeof text);
    sha256(text, sizeof text);
    sha512(text, sizeof text);
    printf("%08x %08x\n", crc32(text, sizeof text), adler32(text, sizeof text));
    return 0;
}
