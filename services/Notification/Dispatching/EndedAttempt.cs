using EarlyWarning.Notification.Channels;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>An attempt that has ended.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Time">When it ended, which may be before that could be recorded.</param>
internal sealed record EndedAttempt(AttemptOutcome Outcome, DateTimeOffset Time);
