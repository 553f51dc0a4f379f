/** Who is told? The JVM's MBean server, once there is one. */
package io.rdsagent.observe.jmx;
