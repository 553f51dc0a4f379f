package io.rdsagent.it.matrix;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * What does not work yet and is reported without failing the build. Once it works, the whole matrix fails until it is taken
 * out.
 *
 * @param what as the end of a sentence that begins with Not there yet
 */
record NotYet(String what, BiPredicate<TestedDriver, Way> covers) {

    static final List<NotYet> ALL = List.of();

    static List<NotYet> covering(TestedDriver driver, Way way) {
        return ALL.stream().filter(gap -> gap.covers.test(driver, way)).toList();
    }
}
