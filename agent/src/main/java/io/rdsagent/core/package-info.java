/** Who is wired to whom? The only package that knows all others. */
package io.rdsagent.core;
