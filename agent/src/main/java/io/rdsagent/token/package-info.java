/** What is the password now? Signs, caches and refreshes the tokens that are sent as passwords. */
package io.rdsagent.token;
