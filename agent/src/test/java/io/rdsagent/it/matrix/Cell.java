package io.rdsagent.it.matrix;

import java.util.Optional;

/**
 * What came of one combination.
 *
 * @param mark a word or two for the table
 * @param note what else a reader should know, as a footnote
 */
public record Cell(String mark, Optional<String> note) {

    public static Cell ok() {
        return new Cell("ok", Optional.empty());
    }

    /** It works, otherwise than one would think. */
    public static Cell ok(String note) {
        return new Cell("ok", Optional.of(note));
    }

    /** It works in part. */
    public static Cell degraded(String note) {
        return new Cell("part", Optional.of(note));
    }

    /** A figure. */
    public static Cell of(Object figure) {
        return new Cell(String.valueOf(figure), Optional.empty());
    }

    /** There is nothing to work. */
    public static Cell absent(String why) {
        return new Cell("-", Optional.of(why));
    }

    public static Cell failed(String why) {
        return new Cell("no", Optional.of(why));
    }
}
