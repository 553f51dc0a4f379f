/** Whom do we trust? The RDS roots, the name a certificate must hold, and why a handshake failed. */
package io.rdsagent.tls;
