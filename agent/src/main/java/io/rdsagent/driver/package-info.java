/** How does this driver say it? One dialect for each family: its URLs, its TLS, its login, its errors. */
package io.rdsagent.driver;
