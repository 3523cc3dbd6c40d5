package io.retort.distill.teachers.checkpoints;

/**
 * Rows of a tensor whose elements stand for themselves.
 *
 * @param raw the tensor
 */
record PlainRows(RawTensor raw) implements RowDecoder {
    @Override
    public WeightEncoding encoding() {
        return switch (raw.entry().type()) {
            case F32 -> WeightEncoding.F32;
            case F16 -> WeightEncoding.F16;
            case BF16 -> WeightEncoding.BF16;
            default -> WeightEncoding.OTHER;
        };
    }

    @Override
    public long[] shape() {
        return raw.entry().shape();
    }

    @Override
    public long storedBytes() {
        return raw.entry().end() - raw.entry().begin();
    }

    @Override
    public void decode(long from, int count, float[] into, int at) {
        long width = RowDecoder.rowElements(shape());
        raw.decode(from * width, Math.toIntExact(count * width), into, at);
    }
}
