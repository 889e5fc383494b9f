/* The intrinsics of altivec.h: integer, saturating, permuting, comparing and single-precision operations; unaligned loads.
 * options: -maltivec
 */
#include <altivec.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#undef bool
#undef vector
#undef pixel

typedef __vector signed int vs32;
typedef __vector unsigned int vu32;
typedef __vector signed short vs16;
typedef __vector unsigned short vu16;
typedef __vector signed char vs8;
typedef __vector unsigned char vu8;
typedef __vector float vf;

static void show(const char *name, const void *v)
{
    const unsigned *w = v;
    printf("%-10s %08x %08x %08x %08x\n", name, w[0], w[1], w[2], w[3]);
}
#define SHOW(expression) do { __typeof__(expression) v_ = (expression); show(#expression, &v_); } while (0)

static void floats(const char *name, vf v)
{
    float f[4];
    memcpy(f, &v, 16);
    printf("%-10s %.7g %.7g %.7g %.7g\n", name, f[0], f[1], f[2], f[3]);
}

static float dot(const float *a, const float *b, int n)
{
    vf sum = (vf)vec_splat_u32(0);
    for (int i = 0; i < n; i += 4) sum = vec_madd(vec_ld(0, a + i), vec_ld(0, b + i), sum);
    sum = vec_add(sum, vec_sld(sum, sum, 8));
    sum = vec_add(sum, vec_sld(sum, sum, 4));
    float result;
    vec_ste(sum, 0, &result);
    return result;
}

int main(void)
{
    vs32 a = { 1, -2, 0x7fffffff, (int)0x80000000 }, b = { 5, 7, 1, -1 };
    vu32 u = { 1, 2, 3, 0xffffffff };
    vs16 s = { 1, -1, 32767, -32768, 1000, -1000, 7, 8 }, t = { 2, 2, 2, -2, 30000, -30000, -7, 100 };
    vu16 us = { 1, 2, 65535, 40000, 5, 6, 7, 8 };
    vs8 c = { -128, 127, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 };
    vu8 d = { 0, 255, 128, 127, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 200, 100 };
    vu8 order = { 31, 0, 30, 1, 29, 2, 28, 3, 27, 4, 26, 5, 25, 6, 24, 7 };

    SHOW(vec_add(a, b)); SHOW(vec_adds(a, b)); SHOW(vec_sub(a, b)); SHOW(vec_subs(a, b)); SHOW(vec_addc(u, u)); SHOW(vec_subc(u, u));
    SHOW(vec_adds(s, t)); SHOW(vec_subs(s, t)); SHOW(vec_adds(us, us)); SHOW(vec_adds(c, c)); SHOW(vec_adds(d, d)); SHOW(vec_subs(d, (vu8)order));
    SHOW(vec_max(a, b)); SHOW(vec_min(a, b)); SHOW(vec_max(s, t)); SHOW(vec_min(d, (vu8)order)); SHOW(vec_avg(a, b)); SHOW(vec_avg(d, (vu8)order)); SHOW(vec_abs(s)); SHOW(vec_abss(c));
    SHOW(vec_mule(s, t)); SHOW(vec_mulo(s, t)); SHOW(vec_mule(d, d)); SHOW(vec_mladd(s, t, s)); SHOW(vec_madds(s, t, s)); SHOW(vec_mradds(s, t, s)); SHOW(vec_msum(s, t, a)); SHOW(vec_msums(s, t, a)); SHOW(vec_msum(d, d, u));
    SHOW(vec_sums(a, b)); SHOW(vec_sum4s(s, a)); SHOW(vec_sum2s(a, b)); SHOW(vec_sum4s(d, u));
    SHOW(vec_perm(a, b, order)); SHOW(vec_mergeh(a, b)); SHOW(vec_mergel(s, t)); SHOW(vec_splat(s, 3)); SHOW(vec_splat_s32(-5)); SHOW(vec_sld(a, b, 5)); SHOW(vec_sel(a, b, (vu32)order));
    SHOW(vec_pack(a, b)); SHOW(vec_packs(a, b)); SHOW(vec_packsu(a, b)); SHOW(vec_packs(s, t)); SHOW(vec_packpx(u, u)); SHOW(vec_unpackh(s)); SHOW(vec_unpackl(c));
    SHOW(vec_sl(u, (vu32)b)); SHOW(vec_sr(u, (vu32)b)); SHOW(vec_sra(a, (vu32)b)); SHOW(vec_rl(u, (vu32)b)); SHOW(vec_sll(u, vec_splat_u8(3))); SHOW(vec_slo(u, vec_splat_u8(8))); SHOW(vec_sro(u, vec_splat_u8(8)));
    SHOW(vec_and(a, b)); SHOW(vec_nor(a, b)); SHOW(vec_andc(a, b)); SHOW(vec_xor(a, b));
    SHOW(vec_cmpgt(a, b)); SHOW(vec_cmpeq(s, t)); SHOW(vec_cmpgt(d, (vu8)order));
    printf("%d %d %d %d\n", vec_all_gt(b, a), vec_any_eq(s, t), vec_all_ne(c, c), vec_any_gt(a, b));

    vf x = { 1.5f, -2.25f, 1e30f, 3.7f }, y = { 2.0f, 4.0f, 1e30f, -0.5f };
    floats("add", vec_add(x, y)); floats("sub", vec_sub(x, y)); floats("madd", vec_madd(x, y, x)); floats("nmsub", vec_nmsub(x, y, x));
    floats("max", vec_max(x, y)); floats("floor", vec_floor(x)); floats("ceil", vec_ceil(x)); floats("round", vec_round(x)); floats("trunc", vec_trunc(x)); floats("abs", vec_abs(x));
    SHOW(vec_cts(x, 2)); SHOW(vec_ctu(x, 0)); floats("ctf", vec_ctf(a, 4)); SHOW(vec_cmpge(x, y)); SHOW(vec_cmpb(x, y));
    vf near = vec_re(y);
    near = vec_madd(vec_nmsub(y, near, (vf){ 1, 1, 1, 1 }), near, near);
    float f[4];
    memcpy(f, &near, 16);
    printf("%.5f %.5f %.5f\n", f[0], f[1], f[3]);

    unsigned char bytes[64] __attribute__((aligned(16)));
    for (int i = 0; i < 64; i++) bytes[i] = (unsigned char)(i * 3);
    for (int offset = 0; offset < 16; offset += 5) {
        vu8 low = vec_ld(offset, bytes), high = vec_ld(offset + 15, bytes);
        vu8 unaligned = vec_perm(low, high, vec_lvsl(offset, bytes));
        show("unaligned", &unaligned);
    }
    vu8 stored = vec_lvsr(3, bytes);
    vec_st(stored, 16, bytes);
    vec_ste((vs32)stored, 36, (int *)bytes);
    show("stored", bytes + 16);
    show("element", bytes + 32);
    float *p, *q;
    posix_memalign((void **)&p, 16, 4096);
    posix_memalign((void **)&q, 16, 4096);
    for (int i = 0; i < 1024; i++) p[i] = i % 17, q[i] = i % 5;
    printf("%.1f\n", dot(p, q, 1024));
    vec_mtvscr((vu16){ 0 });
    SHOW(vec_packs(a, b));
    SHOW(vec_mfvscr());
    return 0;
}
