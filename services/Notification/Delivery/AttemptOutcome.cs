namespace EarlyWarning.Notification.Delivery;

/// <summary>What an attempt came to.</summary>
/// <param name="Delivered">The other side took it.</param>
/// <param name="Final">No further attempt makes sense.</param>
/// <param name="Detail">What the other side or the network answered.</param>
/// <param name="RetryAfter">How long the other side asks to be left alone.</param>
internal sealed record AttemptOutcome(bool Delivered, bool Final, string Detail, TimeSpan? RetryAfter = null);
