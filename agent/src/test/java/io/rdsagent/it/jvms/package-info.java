/** Unmodified containers and products, each in a JVM of its own with the agent; {@code scripts/matrix jvms} prints the table. */
package io.rdsagent.it.jvms;
