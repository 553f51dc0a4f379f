/** What was asked for: every setting, where it came from, and what was wrong with it. Depends on the JDK alone. */
package io.rdsagent.config;
