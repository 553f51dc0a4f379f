/** How does this pool let one go? One adapter for each pool, and a guard for those that nobody knows. */
package io.rdsagent.pool;
