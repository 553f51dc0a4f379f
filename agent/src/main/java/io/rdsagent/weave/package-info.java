/** What is changed in a class? The table of targets, the weaver, and the bridge that woven code calls. */
package io.rdsagent.weave;
