/** What can a person ask? The command line: a program in a JVM of its own, never loaded in an application's. */
package io.rdsagent.cli;
