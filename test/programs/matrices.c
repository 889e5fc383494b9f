/* Matrices in single, double and long double precision: products, elimination, eigenvalues; a Fourier transform. */
#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 48 };

static unsigned seed = 1;
static double some(void) { return (double)(seed = seed * 1664525u + 1013904223u) / 4294967296.0 - 0.5; }

static double lu(double a[N][N], double b[N], double x[N])
{
    double determinant = 1;
    for (int k = 0; k < N; k++) {
        int best = k;
        for (int i = k + 1; i < N; i++) if (fabs(a[i][k]) > fabs(a[best][k])) best = i;
        if (best != k) {
            double row[N], t = b[k];
            memcpy(row, a[k], sizeof row);
            memcpy(a[k], a[best], sizeof row);
            memcpy(a[best], row, sizeof row);
            b[k] = b[best];
            b[best] = t;
            determinant = -determinant;
        }
        determinant *= a[k][k];
        for (int i = k + 1; i < N; i++) {
            double factor = a[i][k] / a[k][k];
            for (int j = k; j < N; j++) a[i][j] -= factor * a[k][j];
            b[i] -= factor * b[k];
        }
    }
    for (int i = N - 1; i >= 0; i--) {
        x[i] = b[i];
        for (int j = i + 1; j < N; j++) x[i] -= a[i][j] * x[j];
        x[i] /= a[i][i];
    }
    return determinant;
}

static void fourier(double complex *x, int n, int direction)
{
    if (n == 1) return;
    double complex even[n / 2], odd[n / 2];
    for (int i = 0; i < n / 2; i++) even[i] = x[2 * i], odd[i] = x[2 * i + 1];
    fourier(even, n / 2, direction);
    fourier(odd, n / 2, direction);
    for (int i = 0; i < n / 2; i++) {
        double complex t = cexp(direction * 2 * I * M_PI * i / n) * odd[i];
        x[i] = even[i] + t;
        x[i + n / 2] = even[i] - t;
    }
}

int main(void)
{
    static double a[N][N], copy[N][N], product[N][N];
    static float fa[N][N], fp[N][N];
    double b[N], x[N], original[N], error = 0, trace = 0;
    float ftrace = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) fa[i][j] = (float)(a[i][j] = copy[i][j] = some());
        b[i] = original[i] = some();
    }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < N; k++) product[i][j] += a[i][k] * a[k][j], fp[i][j] += fa[i][k] * fa[k][j];
    for (int i = 0; i < N; i++) trace += product[i][i], ftrace += fp[i][i];
    printf("%.12g %.5g %d\n", trace, ftrace, fabs(trace - ftrace) < 1e-4);
    double determinant = lu(a, b, x);
    for (int i = 0; i < N; i++) {
        double sum = -original[i];
        for (int j = 0; j < N; j++) sum += copy[i][j] * x[j];
        error = fmax(error, fabs(sum));
    }
    printf("%.6e %d %.6f\n", determinant, error < 1e-11, x[0]);

    double v[N], eigenvalue = 0;
    for (int i = 0; i < N; i++) v[i] = 1;
    for (int round = 0; round < 60; round++) {
        double w[N], length = 0;
        for (int i = 0; i < N; i++) {
            w[i] = 0;
            for (int j = 0; j < N; j++) w[i] += (copy[i][j] + copy[j][i]) * v[j];
            w[i] += 6 * v[i];
            length += w[i] * w[i];
        }
        eigenvalue = sqrt(length);
        for (int i = 0; i < N; i++) v[i] = w[i] / eigenvalue;
    }
    printf("%.9f\n", eigenvalue);

    double complex signal[128];
    for (int i = 0; i < 128; i++) signal[i] = sin(i * 2 * M_PI * 5 / 128) + 0.5 * cos(i * 2 * M_PI * 20 / 128);
    fourier(signal, 128, -1);
    for (int i = 0; i < 64; i++) if (cabs(signal[i]) > 1) printf("%d:%.6f ", i, cabs(signal[i]));
    fourier(signal, 128, 1);
    printf("%.6f\n", creal(signal[10]) / 128);

    long double series = 0, term = 1;
    for (int i = 1; i < 40; i++) {
        series += term;
        term /= i;
    }
    printf("%.30Lf\n", series);
    long double root = 2;
    for (int i = 0; i < 8; i++) root = (root + 2 / root) / 2;
    printf("%.28Lf %d\n", root, root * root - 2 < 1e-29L);
    return 0;
}
