package io.rdsagent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Numbers that should be one number: their middle, and how far they lie apart.
 *
 * @param median the middle one
 * @param lowerQuartile a quarter lies below
 * @param upperQuartile a quarter lies above
 * @param least the smallest
 * @param most the largest
 * @param count how many; at least 1
 */
record Spread(double median, double lowerQuartile, double upperQuartile, double least, double most, int count) {

    static Spread of(List<Double> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("There is no middle of no numbers.");
        }
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length);
    }

    /**
     * Of each round's two numbers the first over the second. What slowed the machine in a round slowed both.
     *
     * @throws IllegalArgumentException if there are not as many of one as of the other
     */
    static Spread ratio(List<Double> numerators, List<Double> denominators) {
        if (numerators.size() != denominators.size()) {
            throw new IllegalArgumentException(numerators.size() + " rounds against " + denominators.size());
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < numerators.size(); i++) {
            ratios.add(numerators.get(i) / denominators.get(i));
        }
        return of(ratios);
    }

    private static double quantile(double[] sorted, double at) {
        double place = at * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    String quartiles() {
        return String.format(Locale.ROOT, "%.2f..%.2f", lowerQuartile, upperQuartile);
    }

    String range() {
        return String.format(Locale.ROOT, "%.2f..%.2f", least, most);
    }

    /** The median, in that unit. */
    String in(String unit, double factor) {
        double value = median * factor;
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, unit);
    }
}
