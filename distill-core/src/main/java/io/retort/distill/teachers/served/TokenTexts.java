package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tokens by their texts, where a token has a text of its own. Immutable; safe for use by many threads. */
final class TokenTexts {
    private static final int SEVERAL = -1;

    private final Tokenizer tokenizer;
    private final Map<String, Integer> ids = new HashMap<>();

    TokenTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            int token = id;
            of(id).ifPresent(text -> ids.merge(text, token, (one, other) -> SEVERAL));
        }
    }

    /** A token's text; empty for special tokens and for pieces of characters. */
    Optional<String> of(int id) {
        byte[] bytes = tokenizer.bytesOf(id);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty(); // a piece of a character has no text
        }
    }

    /** The one token with this text. */
    OptionalInt id(String text) {
        int id = ids.getOrDefault(text, SEVERAL);
        return id == SEVERAL ? OptionalInt.empty() : OptionalInt.of(id);
    }

    int[] encode(String text) {
        return tokenizer.encode(text);
    }
}
