package io.rdsagent.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * One comparison.
 *
 * @param what is compared, and in which respect
 * @param sides who to whom
 * @param ratio the first side's over the second's
 * @param figures the medians of both, with their unit
 * @param target what the ratio should not exceed
 */
record Row(String what, String sides, Spread ratio, String figures, Optional<Double> target) {

    static Row of(String what, Side first, Side second, String unit, double factor) {
        return new Row(
                what,
                first.name() + " / " + second.name(),
                Spread.ratio(first.numbers(), second.numbers()),
                Spread.of(first.numbers()).in(unit, factor) + " / "
                        + Spread.of(second.numbers()).in(unit, factor),
                Optional.empty());
    }

    Row withTarget(double most) {
        return new Row(what, sides, ratio, figures, Optional.of(most));
    }

    String targetText() {
        return target.map(most -> String.format(Locale.ROOT, "%.2f", most)).orElse("");
    }

    /** One side's numbers, one for each round. */
    record Side(String name, java.util.List<Double> numbers) {}
}
