package io.rdsagent.it.matrix;

import java.util.Optional;

/**
 * What came of one combination.
 *
 * @param mark a word or two for the table
 * @param note what else a reader should know, as a footnote
 */
record Cell(String mark, Optional<String> note) {

    static Cell ok() {
        return new Cell("ok", Optional.empty());
    }

    /** It works, otherwise than one would think. */
    static Cell ok(String note) {
        return new Cell("ok", Optional.of(note));
    }

    /** It works in part. */
    static Cell degraded(String note) {
        return new Cell("part", Optional.of(note));
    }

    /** There is nothing to work. */
    static Cell absent(String why) {
        return new Cell("-", Optional.of(why));
    }

    static Cell failed(String why) {
        return new Cell("no", Optional.of(why));
    }
}
