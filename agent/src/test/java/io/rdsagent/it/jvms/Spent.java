package io.rdsagent.it.jvms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM has taken so far, as the kernel counts it.
 *
 * @param cpu in seconds, of all its threads, and of the script that started it
 * @param time in seconds
 * @param resident in MB
 * @param peak the most that was resident, in MB
 */
record Spent(double cpu, double time, double resident, double peak) {

    /** Linux counts in hundredths of a second, whatever the kernel itself ticks in. */
    private static final double TICKS = 100;

    /** @param pid of the JVM, or of the script that waits for it */
    static Spent by(long pid, double time) throws IOException {
        List<ProcessHandle> family = Stream.concat(
                        ProcessHandle.of(pid).stream(),
                        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants))
                .toList();
        double cpu = 0;
        double resident = 0;
        double peak = 0;
        for (ProcessHandle member : family) {
            Path folder = Path.of("/proc", String.valueOf(member.pid()));
            cpu += ticks(Files.readString(folder.resolve("stat"))) / TICKS;
            String status = Files.readString(folder.resolve("status"));
            resident = Math.max(resident, kilobytes(status, "VmRSS:") / 1024);
            peak = Math.max(peak, kilobytes(status, "VmHWM:") / 1024);
        }
        return new Spent(cpu, time, resident, peak);
    }

    /** Behind the name, which may hold blanks: user and system time, its own and of the children that have ended. */
    private static double ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(11, 12, 13, 14)
                .mapToLong(place -> Long.parseLong(fields[place]))
                .sum();
    }

    private static double kilobytes(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
