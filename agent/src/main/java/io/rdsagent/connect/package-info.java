/** How is one physical connection made? From the driver's call to the lease, and what a failure means. */
package io.rdsagent.connect;
