/** What is supported, tried cell by cell; `scripts/matrix` prints the tables. */
package io.rdsagent.it.matrix;
