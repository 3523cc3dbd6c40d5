package io.retort.bench.formats;

import io.retort.datasets.parquet.MemoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The columns of DistillKit's datasets, a row a sequence: ids as 64-bit numbers, log-probabilities and packed ids as a
 * list of bytes a token. Compressed by Snappy with dictionaries, as pyarrow does unless told otherwise. Not thread-safe.
 */
final class ByteListFile {
    private static final MessageType ROW = MessageTypeParser.parseMessageType("""
        message row {
          optional group input_ids (LIST) { repeated group list { optional int64 element (INTEGER(64,false)); } }
          optional group compressed_logprobs (LIST) { repeated group list {
            optional group element (LIST) { repeated group list { optional int32 element (INTEGER(8,false)); } } } }
          optional group bytepacked_indices (LIST) { repeated group list {
            optional group element (LIST) { repeated group list { optional int32 element (INTEGER(8,false)); } } } }
        }\
        """);

    private final MemoryFile.Output output = new MemoryFile.Output();
    private final SimpleGroupFactory groups = new SimpleGroupFactory(ROW);
    private final ParquetWriter<Group> writer;

    ByteListFile() {
        try {
            writer = ExampleParquetWriter.builder(output)
                    .withConf(new PlainParquetConfiguration())
                    .withType(ROW)
                    .withCompressionCodec(CompressionCodecName.SNAPPY)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a sequence: its tokens, and for each the bytes of log-probabilities and of ids. */
    void add(int[] tokens, List<byte[]> values, List<byte[]> ids) {
        Group row = groups.newGroup();
        Group inputs = row.addGroup("input_ids");
        for (int token : tokens) {
            inputs.addGroup("list").append("element", (long) token);
        }
        addLists(row.addGroup("compressed_logprobs"), values);
        addLists(row.addGroup("bytepacked_indices"), ids);
        try {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addLists(Group outer, List<byte[]> lists) {
        for (byte[] list : lists) {
            Group inner = outer.addGroup("list").addGroup("element");
            for (byte value : list) {
                inner.addGroup("list").append("element", value & 0xFF);
            }
        }
    }

    /** Ends the file and gives its bytes. */
    byte[] finish() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.bytes();
    }
}
