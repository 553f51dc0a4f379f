/** What is measured inside one JVM, by JMH. */
package io.rdsagent.bench.jmh;
