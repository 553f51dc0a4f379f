/** Is this class a driver or a pool? The door: all that the application's class loaders ever see, of the JDK alone. */
package io.rdsagent.launcher;
