using System.Diagnostics;
using EarlyWarning.Notification.Channels;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>An attempt that has ended and is to be recorded.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Time">When it ended, which may be before that can be recorded.</param>
/// <param name="Since">How long after its message was made that was.</param>
/// <param name="Receipt">Its receipt.</param>
/// <param name="Jitter">0 to 1: spreads attempts that failed together.</param>
/// <param name="Span">Its span, which ends when it is recorded; <see langword="null"/> where it is not traced.</param>
internal sealed record EndedAttempt(
    AttemptOutcome Outcome,
    DateTimeOffset Time,
    TimeSpan Since,
    V1.Receipt Receipt,
    double Jitter,
    Activity? Span
);
