package io.rdsagent.bench;

/**
 * What one run of a program took.
 *
 * @param wallSeconds from its start to its end
 * @param cpuSeconds of all its threads, the JIT compiler's too; user and system
 * @param output what it printed, stdout and stderr
 */
record Usage(double wallSeconds, double cpuSeconds, String output) {}
