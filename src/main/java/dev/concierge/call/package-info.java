/**
 * What a call is: the request, its status and how it may move, its outcome, the facts it is made
 * of, and {@link dev.concierge.call.CallDesk}, which places calls and hangs them up.
 *
 * <p>Knows no vendor, no socket and no database: those are behind the ports {@link
 * dev.concierge.call.Carrier} and {@link dev.concierge.call.CallLedger}.
 */
@NullMarked
package dev.concierge.call;

import org.jspecify.annotations.NullMarked;
