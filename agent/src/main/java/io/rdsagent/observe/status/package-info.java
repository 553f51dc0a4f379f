/** Who is told? Whoever asks the status port: a person, a balancer, Prometheus. */
package io.rdsagent.observe.status;
