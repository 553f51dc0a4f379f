/** Who is told? The JDK Flight Recorder, while it records. */
package io.rdsagent.observe.jfr;
