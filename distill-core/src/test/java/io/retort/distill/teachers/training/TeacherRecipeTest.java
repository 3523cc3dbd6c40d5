package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.distill.teachers.nano.NanoConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeacherRecipeTest {
    private static final String JSON = SmallRecipes.json(40);

    @Test
    void whatIsWrittenReadsBackEqual() {
        TeacherRecipe recipe = TeacherRecipe.parse(JSON);
        assertThat(TeacherRecipe.parse(recipe.toJson())).isEqualTo(recipe);
    }

    @Test
    void theTokenizerGivesTheModelItsIds() {
        NanoConfig config = TeacherRecipe.parse(JSON).config(403, 400, 401);
        assertThat(config.vocabularySize()).isEqualTo(403);
        assertThat(config.bos()).isEqualTo(400);
        assertThat(config.eos()).isEqualTo(401);
        assertThat(config.hiddenSize()).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "seed": 7                    | "seed": 7, "sead": 7        | sead
            "ranks": 400                 | "ranks": 200                | tokenizer.ranks
            "share": 1                   | "share": 0                  | mixture.tool-use.share
            "promptWeight": 0.1          | "promptWeight": 1.5         | promptWeight
            "steps": 40                  | "steps": 0                  | schedule.steps
            "steps": 40,                 | ''                          | steps
            "flatUntil": 0.5             | "flatUntil": 2              | flatUntil
            "matrices": "MUON"           | "matrices": "SGD"           | SGD
            "name": "small"              | "name": "../small"          | name
            "logEvery": 10               | "logEvery": 0               | logEvery
            "copy": 0                    | "copy": 1                   | induction
            """)
    void whatCannotBeIsRefusedByName(String from, String to, String named) {
        assertThat(JSON).contains(from);
        assertThatThrownBy(() -> TeacherRecipe.parse(JSON.replace(from, to)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aRunMayGoOnWithAnotherScheduleButNotWithOtherData() {
        TeacherRecipe recipe = TeacherRecipe.parse(JSON);
        assertThat(recipe.continues(TeacherRecipe.parse(SmallRecipes.json(80)))).isTrue();
        assertThat(recipe.continues(TeacherRecipe.parse(JSON.replace("\"share\": 1", "\"share\": 2"))))
                .isFalse();
        assertThat(recipe.continues(TeacherRecipe.parse(JSON.replace("\"kv_lora_rank\": 24", "\"kv_lora_rank\": 23"))))
                .isFalse();
    }
}
