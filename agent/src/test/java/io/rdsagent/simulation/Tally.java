package io.rdsagent.simulation;

import java.time.Duration;

/** What the servers would have seen: logins each second, and open connections now and then. Not thread-safe. */
final class Tally {

    static final Duration SAMPLE = Duration.ofSeconds(10);

    private final int[][] logins;
    private final int[][] open;

    Tally(int readers, Duration span) {
        logins = new int[readers][(int) span.toSeconds() + 1];
        open = new int[readers][(int) (span.toSeconds() / SAMPLE.toSeconds()) + 1];
    }

    void login(int reader, Duration at) {
        logins[reader][(int) at.toSeconds()]++;
    }

    void open(int reader, int sample, int count) {
        open[reader][sample] += count;
    }

    void add(Tally other) {
        for (int reader = 0; reader < logins.length; reader++) {
            add(logins[reader], other.logins[reader]);
            add(open[reader], other.open[reader]);
        }
    }

    private static void add(int[] to, int[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }

    int readers() {
        return logins.length;
    }

    /** The most logins that one reader had in one second from one moment to another. */
    int peak(Duration from, Duration to) {
        int peak = 0;
        for (int[] reader : logins) {
            for (int second = (int) from.toSeconds(); second < to.toSeconds(); second++) {
                peak = Math.max(peak, reader[second]);
            }
        }
        return peak;
    }

    /** The most that any reader had in each of so many seconds together, a second. */
    double[] peaks(int seconds) {
        double[] peaks = new double[logins[0].length / seconds];
        for (int i = 0; i < peaks.length; i++) {
            peaks[i] = peak(Duration.ofSeconds((long) i * seconds), Duration.ofSeconds((long) (i + 1) * seconds));
        }
        return peaks;
    }

    long logins() {
        long all = 0;
        for (int[] reader : logins) {
            for (int second : reader) {
                all += second;
            }
        }
        return all;
    }

    /** Of the readers in question the one with most connections, over their mean. */
    double imbalance(Duration at, int first, int last) {
        int sample = (int) (at.toSeconds() / SAMPLE.toSeconds());
        long sum = 0;
        int most = 0;
        for (int reader = first; reader <= last; reader++) {
            sum += open[reader][sample];
            most = Math.max(most, open[reader][sample]);
        }
        return sum == 0 ? 0 : most * (last - first + 1.0) / sum - 1;
    }

    int open(int reader, Duration at) {
        return open[reader][(int) (at.toSeconds() / SAMPLE.toSeconds())];
    }
}
