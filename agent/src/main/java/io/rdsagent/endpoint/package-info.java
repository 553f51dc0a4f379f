/** Where to? Databases, their endpoints, and what the endpoints' names say. */
package io.rdsagent.endpoint;
