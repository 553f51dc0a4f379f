/** Writers that are replaced, with and without a warning, and what the application sees of it. */
package io.rdsagent.it.failover;
