/** Who is told? Micrometer's meters, of the agent's own and of the application's registry. */
package io.rdsagent.observe.metrics;
