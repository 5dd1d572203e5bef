/** {@code serenade audit}: what would make a corpus's numbers wrong, before anyone trains. */
package dev.serenade.cli.audit;
