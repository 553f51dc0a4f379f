/** Which connections are out, until when? Leases, their retirement, and the spares that take their place. */
package io.rdsagent.lease;
