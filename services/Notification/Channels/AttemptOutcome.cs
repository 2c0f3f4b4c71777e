namespace EarlyWarning.Notification.Channels;

/// <summary>What an attempt came to.</summary>
/// <param name="Delivered">The other side took it.</param>
/// <param name="Detail">What the other side or the network answered.</param>
/// <param name="RetryAfter">How long the other side asks to be left alone.</param>
/// <param name="Gone">The other side says that the channel is no more: it rests until an operator says otherwise.</param>
internal sealed record AttemptOutcome(bool Delivered, string Detail, TimeSpan? RetryAfter = null, bool Gone = false)
{
    private const int Longest = 500;

    /// <summary>The same in one line that can be stored and shown: it may quote whatever bytes the other side has sent.</summary>
    public string Detail { get; } =
        string.Concat(
            Detail.Take(Longest).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '\uFFFD' : character)
        );
}
