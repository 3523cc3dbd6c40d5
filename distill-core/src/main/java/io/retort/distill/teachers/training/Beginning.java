package io.retort.distill.teachers.training;

import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a training begins with. */
interface Beginning {
    /** The tokenizer, whose files are in the directory afterwards. */
    BytePairTokenizer tokenizer(Path directory) throws IOException;

    /** The first weights, by checkpoint name. */
    Map<String, Tensor> weights(NanoConfig config);

    /** Tells beginnings apart: a run that goes on must have the same. */
    String identity();
}
