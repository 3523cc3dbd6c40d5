package io.retort.jobs.continuations;

import com.typesafe.config.Config;
import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Author;
import io.retort.distill.continuations.ChatAuthor;
import io.retort.distill.teachers.served.ChatServer;
import io.retort.distill.teachers.served.ChatSettings;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.teachers.ServerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One chat model for all domains; a prompt is a message to it.
 *
 * @param settings which
 * @param textInstruction in front of the head of a text without a prompt
 */
public record ChatAuthors(ChatSettings settings, String textInstruction) implements Authors {
    private static final ConcurrentMap<ChatSettings, ChatServer> OPEN = new ConcurrentHashMap<>();

    /** The chat model that the settings name; asked when it first writes. */
    static ChatAuthors of(Config chat) {
        ChatSettings settings = new ChatSettings(
                ServerSettings.url(chat, "retort.teach.continuations.chat.url"),
                chat.getString("model"),
                chat.getString("system"),
                ServerSettings.traffic(chat));
        return new ChatAuthors(settings, chat.getString("text-instruction"));
    }

    private static ChatServer shared(ChatSettings settings) {
        return OPEN.computeIfAbsent(settings, ChatServer::open);
    }

    @Override
    public Author of(String domain) {
        return new ChatAuthor(shared(settings), textInstruction);
    }

    @Override
    public SortedMap<String, String> identity() {
        String said = String.join("\n", List.of(settings.model(), settings.system(), textInstruction));
        return new TreeMap<>(
                Map.of("author", name(), "author-digest", Sha256.hex(said.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Effort effort() {
        return Effort.BOUGHT;
    }

    @Override
    public void begin(Storage storage) {
        shared(settings);
    }

    @Override
    public String name() {
        return "chat model " + settings.model();
    }
}
