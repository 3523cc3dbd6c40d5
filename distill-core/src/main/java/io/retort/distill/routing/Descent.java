package io.retort.distill.routing;

/**
 * How the weights are found: Adam (Kingma and Ba, 2015, algorithm 1 with its defaults) with a step size that falls
 * linearly to zero.
 *
 * @param learningRate the first step size
 * @param l2 the factor of half the squared weights in the loss; biases go free
 * @param epochs passes over the documents
 * @param batch documents a step
 * @param seed of the first weights and of the order of documents
 */
public record Descent(double learningRate, double l2, int epochs, int batch, long seed) {
    public Descent {
        if (!(learningRate > 0) || !(l2 >= 0) || epochs < 1 || batch < 1) {
            throw new IllegalArgumentException("expected a positive learning rate, epochs and batch and an l2 of at"
                    + " least 0, found " + learningRate + ", " + epochs + ", " + batch + " and " + l2);
        }
    }
}
