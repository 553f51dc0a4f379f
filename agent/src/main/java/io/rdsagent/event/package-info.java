/** What happened? A small value for each happening, and the listener that hears of it. */
package io.rdsagent.event;
