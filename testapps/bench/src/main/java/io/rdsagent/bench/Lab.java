package io.rdsagent.bench;

import java.nio.file.Path;

/**
 * What a benchmark works with.
 *
 * @param agent the jar that is measured
 * @param sides how each contender reaches the server
 * @param folder for files that are gone afterwards
 * @param stopwatch runs programs
 * @param effort how long it may take
 */
record Lab(Path agent, Sides sides, Path folder, Stopwatch stopwatch, Effort effort) {

    /**
     * How much is run.
     *
     * @param rounds of whole processes
     * @param forks of JMH, for each side
     * @param iterations of JMH in a fork, warm-up and measured each
     * @param iterationMillis how long one is
     * @param connects in a process that does nothing else; half as many before they count
     */
    record Effort(int rounds, int forks, int iterations, int iterationMillis, int connects) {

        static final Effort TINY = new Effort(1, 1, 1, 20, 4);
        static final Effort QUICK = new Effort(9, 3, 3, 500, 200);
        static final Effort THOROUGH = new Effort(31, 9, 5, 1000, 1000);

        Effort withRounds(int count) {
            return new Effort(count, forks, iterations, iterationMillis, connects);
        }
    }
}
