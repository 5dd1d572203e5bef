/** What several packages of this module need and no user does; may change at any time. */
package dev.serenade.training.internal;
