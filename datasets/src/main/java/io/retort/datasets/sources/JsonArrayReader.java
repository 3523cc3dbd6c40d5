package io.retort.datasets.sources;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.InputStream;

/**
 * One JSON array of objects, read element by element. Broken JSON breaks the file, as nobody knows where the next element
 * would begin.
 */
final class JsonArrayReader implements RecordReader {
    @Override
    public void read(Storage storage, Location file, RecordSink sink) throws IOException {
        try (InputStream in = storage.open(file);
                JsonParser parser = JsonRecords.JSON.createParser(in)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_ARRAY) {
                throw new InvalidDataException("expected a JSON array, found " + first + " at the start of " + file);
            }
            while (sink.isOpen() && parser.nextToken() != JsonToken.END_ARRAY) {
                String place = file + ":" + parser.currentTokenLocation().getLineNr();
                JsonNode element = JsonRecords.ELEMENT.readTree(parser);
                if (element != null && element.isObject()) {
                    sink.record(place, element);
                } else {
                    sink.rejected(new Rejection(
                            place,
                            RejectionReason.MALFORMED,
                            "expected a JSON object, found " + (element == null ? "the end" : element.getNodeType())));
                }
            }
            if (sink.isOpen() && parser.nextToken() != null) {
                throw new InvalidDataException("expected nothing after the array, found " + parser.currentToken()
                        + " in line " + parser.currentTokenLocation().getLineNr() + " of " + file);
            }
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InvalidDataException(
                    "expected a JSON array, found: " + JsonRecords.fault(e) + " at " + file + ":" + line, e);
        }
    }
}
