/** Who is told? The log; and, in the packages below, metrics, JMX, the flight recorder and the status page. */
package io.rdsagent.observe;
