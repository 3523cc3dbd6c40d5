/*
 * A student of the family recurrent-attention in plain C: what one would write who knows the shapes and trusts the
 * compiler. Reads a student and a text, and for each line on standard input reads the text so many times, printing the
 * seconds of processor time and the log-probability of the symbols behind the prompt.
 *
 * Usage: student MODEL TEXT. MODEL holds int32 alphabet, width, hidden, layers, repeats; of each layer int32 mixer (0
 * recurrence, 1 attention), kernel, heads, positions (0 forget, 1 logarithmic); then the tensors as 32-bit floats in the
 * order of the computation. TEXT holds int32 count, prompt; then count symbols, of which the first prompt are read
 * without asking what follows, but for the last.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    int32_t mixer, kernel, heads, positions;
} Shape;

typedef struct {
    float *inputs;      /* [d, 2d] or [d, 3d] */
    float *gate;        /* recurrence: [d, d] */
    float *output;      /* [d, d] */
    float *convolution; /* [kernel, 2d or 3d] */
    float *bias;        /* recurrence: [d]; attention: scale, [heads] */
    float *forget;      /* [d, heads] */
    float *forget_bias; /* [heads] */
    float *network;     /* [d, 2m] */
    float *down;        /* [m, d] */
} Weights;

typedef struct {
    float *history; /* [kernel, 2d or 3d] */
    float *hidden;  /* recurrence: [d] */
    float *keys;    /* [d, capacity] */
    float *values;  /* [capacity, d] */
    double *forgotten; /* [heads, capacity] */
} State;

static int32_t alphabet, width, hidden, layers, repeats, capacity;
static Shape *shapes;
static Weights *weights;
static State *states;
static float *embedding, *unembedding, *gain;
static float *x, *n, *projected, *convolved, *scores, *scratch, *logits;

static void *must(void *p) {
    if (!p) {
        fprintf(stderr, "student: no memory\n");
        exit(1);
    }
    return p;
}

static float *floats(size_t count) {
    return must(calloc(count, sizeof(float)));
}

static void need(void *into, size_t size, size_t count, FILE *file) {
    if (fread(into, size, count, file) != count) {
        fprintf(stderr, "student: the file ends early\n");
        exit(1);
    }
}

static float *tensor(size_t count, FILE *file) {
    float *values = floats(count);
    need(values, sizeof(float), count, file);
    return values;
}

/* Reads so many matrices [inputs, outputs] and puts them side by side. */
static float *joined(int count, int inputs, int outputs, FILE *file) {
    float *all = floats((size_t)count * inputs * outputs);
    for (int m = 0; m < count; m++) {
        float *one = tensor((size_t)inputs * outputs, file);
        for (int i = 0; i < inputs; i++) {
            memcpy(all + (size_t)i * count * outputs + m * outputs, one + (size_t)i * outputs, outputs * sizeof(float));
        }
        free(one);
    }
    return all;
}

static void load(const char *path) {
    FILE *file = must(fopen(path, "rb"));
    int32_t header[5];
    need(header, 4, 5, file);
    alphabet = header[0], width = header[1], hidden = header[2], layers = header[3], repeats = header[4];
    int d = width;
    shapes = must(calloc(layers, sizeof(Shape)));
    weights = must(calloc(layers, sizeof(Weights)));
    need(shapes, sizeof(Shape), layers, file);
    embedding = tensor((size_t)alphabet * d, file);
    for (int l = 0; l < layers; l++) {
        Weights *w = &weights[l];
        if (shapes[l].mixer == 0) {
            w->inputs = joined(2, d, d, file);
            w->gate = tensor((size_t)d * d, file);
            w->output = tensor((size_t)d * d, file);
            w->convolution = tensor((size_t)shapes[l].kernel * 2 * d, file);
            w->bias = tensor(d, file);
        } else {
            w->inputs = joined(3, d, d, file);
            w->output = tensor((size_t)d * d, file);
            w->convolution = tensor((size_t)shapes[l].kernel * 3 * d, file);
            w->bias = tensor(shapes[l].heads, file);
            if (shapes[l].positions == 0) {
                w->forget = tensor((size_t)d * shapes[l].heads, file);
                w->forget_bias = tensor(shapes[l].heads, file);
            }
        }
        w->network = joined(2, d, hidden, file);
        w->down = tensor((size_t)hidden * d, file);
    }
    gain = tensor(d, file);
    unembedding = floats((size_t)d * alphabet);
    for (int a = 0; a < alphabet; a++) {
        for (int i = 0; i < d; i++) {
            unembedding[(size_t)i * alphabet + a] = embedding[(size_t)a * d + i] * gain[i];
        }
    }
    fclose(file);
}

static void allocate(void) {
    int d = width;
    states = must(calloc((size_t)layers * repeats, sizeof(State)));
    for (int l = 0; l < layers * repeats; l++) {
        Shape s = shapes[l % layers];
        states[l].history = floats((size_t)s.kernel * 3 * d);
        states[l].hidden = floats(d);
        if (s.mixer == 1) {
            states[l].keys = floats((size_t)d * capacity);
            states[l].values = floats((size_t)d * capacity);
            states[l].forgotten = must(calloc((size_t)s.heads * capacity, sizeof(double)));
        }
    }
    x = floats(d), n = floats(d), projected = floats(3 * d), convolved = floats(3 * d), scratch = floats(2 * hidden);
    scores = floats(capacity), logits = floats(alphabet);
}

/* out += in M, [inputs] times [inputs, outputs]. */
static void multiply(const float *restrict in, int inputs, const float *restrict m, float *restrict out, int outputs) {
    for (int i = 0; i < inputs; i++) {
        float f = in[i];
        for (int o = 0; o < outputs; o++) {
            out[o] += f * m[(size_t)i * outputs + o];
        }
    }
}

static void normalise(const float *restrict in, float *restrict out) {
    float sum = 0;
    for (int i = 0; i < width; i++) {
        sum += in[i] * in[i];
    }
    float f = 1 / sqrtf(sum / width + 1e-6f);
    for (int i = 0; i < width; i++) {
        out[i] = in[i] * f;
    }
}

static void unit(float *v, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
        sum += v[i] * v[i];
    }
    float f = 1 / sqrtf(sum + 1e-6f);
    for (int i = 0; i < count; i++) {
        v[i] *= f;
    }
}

static float sigmoid(float v) {
    return 1 / (1 + expf(-v));
}

static void convolve(float *restrict history, const float *restrict kernel, int shifts, int channels, int position) {
    memcpy(history + (size_t)(position % shifts) * channels, projected, channels * sizeof(float));
    for (int c = 0; c < channels; c++) {
        convolved[c] = projected[c] * kernel[c];
    }
    for (int s = 1; s < shifts && s <= position; s++) {
        const float *past = history + (size_t)((position - s) % shifts) * channels;
        for (int c = 0; c < channels; c++) {
            convolved[c] += past[c] * kernel[(size_t)s * channels + c];
        }
    }
}

static void recur(const Weights *w, Shape s, State *state, int position, int output) {
    int d = width;
    memset(projected, 0, 2 * d * sizeof(float));
    multiply(n, d, w->inputs, projected, 2 * d);
    convolve(state->history, w->convolution, s.kernel, 2 * d, position);
    for (int c = 0; c < d; c++) {
        float z = sigmoid(fminf(convolved[d + c] + w->bias[c], 8));
        state->hidden[c] = (1 - z) * state->hidden[c] + z * convolved[c];
    }
    if (output) {
        memset(projected, 0, d * sizeof(float));
        multiply(n, d, w->gate, projected, d);
        for (int c = 0; c < d; c++) {
            projected[c] = state->hidden[c] * projected[c] * sigmoid(projected[c]);
        }
        multiply(projected, d, w->output, x, d);
    }
}

static void attend(const Weights *w, Shape s, State *state, int position, int output) {
    int d = width, each = d / s.heads;
    memset(projected, 0, 3 * d * sizeof(float));
    multiply(n, d, w->inputs, projected, 3 * d);
    convolve(state->history, w->convolution, s.kernel, 3 * d, position);
    for (int h = 0; h < s.heads; h++) {
        unit(convolved + h * each, each);
        unit(convolved + d + h * each, each);
        if (s.positions == 0) {
            float gate = w->forget_bias[h];
            for (int i = 0; i < d; i++) {
                gate += n[i] * w->forget[i * s.heads + h];
            }
            double *row = state->forgotten + (size_t)h * capacity;
            double kept = fmin(gate, 0) - log1p(exp(-fabs(gate)));
            row[position] = (position ? row[position - 1] : 0) + kept;
        }
    }
    for (int c = 0; c < d; c++) {
        state->keys[(size_t)c * capacity + position] = convolved[d + c];
    }
    memcpy(state->values + (size_t)position * d, convolved + 2 * d, d * sizeof(float));
    if (!output) {
        return;
    }
    memset(projected, 0, d * sizeof(float));
    for (int h = 0; h < s.heads; h++) {
        float scale = w->bias[h];
        if (s.positions == 1) {
            scale *= logf(position + 16) / logf(144);
        }
        memset(scores, 0, (position + 1) * sizeof(float));
        for (int c = h * each; c < (h + 1) * each; c++) {
            float f = convolved[c] * scale;
            const float *restrict row = state->keys + (size_t)c * capacity;
            for (int t = 0; t <= position; t++) {
                scores[t] += f * row[t];
            }
        }
        if (s.positions == 0) {
            const double *row = state->forgotten + (size_t)h * capacity;
            for (int t = 0; t <= position; t++) {
                scores[t] += (float)(row[position] - row[t]);
            }
        }
        float most = scores[0], sum = 0;
        for (int t = 1; t <= position; t++) {
            most = scores[t] > most ? scores[t] : most;
        }
        for (int t = 0; t <= position; t++) {
            scores[t] = expf(scores[t] - most);
            sum += scores[t];
        }
        for (int t = 0; t <= position; t++) {
            float share = scores[t] / sum;
            for (int c = h * each; c < (h + 1) * each; c++) {
                projected[c] += share * state->values[(size_t)t * d + c];
            }
        }
    }
    multiply(projected, d, w->output, x, d);
}

/* Reads a symbol at a position; leaves ln p of the next one in logits where predict is set. */
static void step(int symbol, int position, int predict) {
    memcpy(x, embedding + (size_t)symbol * width, width * sizeof(float));
    int depth = layers * repeats;
    for (int l = 0; l < depth; l++) {
        const Weights *w = &weights[l % layers];
        Shape s = shapes[l % layers];
        int output = predict || l < depth - 1;
        normalise(x, n);
        if (s.mixer == 0) {
            recur(w, s, &states[l], position, output);
        } else {
            attend(w, s, &states[l], position, output);
        }
        if (!output) {
            return;
        }
        normalise(x, n);
        memset(scratch, 0, 2 * hidden * sizeof(float));
        multiply(n, width, w->network, scratch, 2 * hidden);
        for (int i = 0; i < hidden; i++) {
            scratch[i] = scratch[i] * sigmoid(scratch[i]) * scratch[hidden + i];
        }
        multiply(scratch, hidden, w->down, x, width);
    }
    normalise(x, n);
    memset(logits, 0, alphabet * sizeof(float));
    multiply(n, width, unembedding, logits, alphabet);
    float most = logits[0], sum = 0;
    for (int a = 1; a < alphabet; a++) {
        most = logits[a] > most ? logits[a] : most;
    }
    for (int a = 0; a < alphabet; a++) {
        sum += expf(logits[a] - most);
    }
    float normaliser = most + logf(sum);
    for (int a = 0; a < alphabet; a++) {
        logits[a] -= normaliser;
    }
}

static void clear(void) {
    for (int l = 0; l < layers * repeats; l++) {
        Shape s = shapes[l % layers];
        memset(states[l].history, 0, (size_t)s.kernel * 3 * width * sizeof(float));
        memset(states[l].hidden, 0, width * sizeof(float));
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: student MODEL TEXT\n");
        return 2;
    }
    load(argv[1]);
    FILE *file = must(fopen(argv[2], "rb"));
    int32_t header[2];
    need(header, 4, 2, file);
    int count = header[0], prompt = header[1];
    int32_t *symbols = must(calloc(count, sizeof(int32_t)));
    need(symbols, 4, count, file);
    capacity = count;
    allocate();
    printf("gcc %s\n", __VERSION__);
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        int rounds = atoi(line);
        double sum = 0;
        clock_t begun = clock();
        for (int r = 0; r < rounds; r++) {
            clear();
            sum = 0;
            for (int i = 0; i < count; i++) {
                step(symbols[i], i, i >= prompt - 1);
                if (i >= prompt - 1 && i + 1 < count) {
                    sum += logits[symbols[i + 1]];
                }
            }
        }
        printf("%.9f %.9g\n", (double)(clock() - begun) / CLOCKS_PER_SEC, sum);
        fflush(stdout);
    }
    return 0;
}
