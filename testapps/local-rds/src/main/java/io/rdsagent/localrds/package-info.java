/**
 * A local RDS: real PostgreSQL servers on loopback addresses whose users log in with IAM tokens that are really verified.
 * {@link io.rdsagent.localrds.LocalRds} for tests, {@link io.rdsagent.localrds.Main} for people.
 */
package io.rdsagent.localrds;
