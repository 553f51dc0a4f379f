/** What the agent costs: always a ratio to something that was run beside it, in turns, and how far it spread. */
package io.rdsagent.bench;
