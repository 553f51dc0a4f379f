/** The programs that are measured. Each runs in a JVM of its own and knows neither the agent nor the peer. */
package io.rdsagent.bench.program;
