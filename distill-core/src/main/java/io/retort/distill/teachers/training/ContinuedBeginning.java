package io.retort.distill.teachers.training;

import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A teacher that is there. */
record ContinuedBeginning(BaseTeacher base) implements Beginning {
    @Override
    public BytePairTokenizer tokenizer(Path directory) throws IOException {
        TokenizerFiles.write(base.tokenizer(), directory);
        return base.tokenizer();
    }

    @Override
    public Map<String, Tensor> weights(NanoConfig config) {
        return base.checkpoint().tensors();
    }

    @Override
    public String identity() {
        return "continues " + base.digest();
    }
}
