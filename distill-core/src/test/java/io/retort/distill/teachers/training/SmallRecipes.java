package io.retort.distill.teachers.training;

/** A recipe that runs in seconds: one domain, two layers of 32 channels, four experts. */
final class SmallRecipes {
    private SmallRecipes() {}

    static String json(int steps) {
        return """
                {"name": "small", "seed": 7,
                 "model": {"hidden_size": 32, "num_hidden_layers": 2, "first_k_dense_replace": 1, "intermediate_size": 64,
                  "rms_norm_eps": 1e-6, "max_position_embeddings": 512, "num_attention_heads": 2, "q_lora_rank": null,
                  "kv_lora_rank": 24, "qk_nope_head_dim": 12, "qk_rope_head_dim": 4, "v_head_dim": 16,
                  "n_routed_experts": 4, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 16,
                  "routed_scaling_factor": 1.5, "rope_theta": 200.0, "tie_word_embeddings": true},
                 "tokenizer": {"ranks": 400, "sampleDocuments": 300},
                 "mixture": [{"domain": "tool-use", "share": 1, "promptWeight": 0.1, "textWeight": 0.5}],
                 "initialisation": {"embedding": 0.18, "matrixGain": 1, "outputGain": 0, "finalNorm": 1.5,
                  "induction": {"sharpness": 0, "match": 0, "copy": 0}},
                 "optimiser": {"matrices": "MUON", "matrixRate": 0.02, "muonScale": "ASPECT_OUTPUTS_FIRST",
                  "matrixDecay": 0.01, "embeddingRate": 0.01, "routerRate": 0.002, "normRate": 0.01, "adamDecay": 0,
                  "firstDecay": 0.9, "secondDecay": 0.98, "balanceRate": 0.01},
                 "schedule": {"steps": %d, "warmupSteps": 5, "flatUntil": 0.5, "lastFactor": 0.02, "stepTokens": 600,
                  "passTokens": 600, "threads": 2, "mostMinutes": 0},
                 "watch": {"logEvery": 10, "validateEvery": 1000, "validationDocuments": 5, "testDocuments": 5,
                  "checkpointMinutes": 0}}
                """.formatted(steps);
    }
}
