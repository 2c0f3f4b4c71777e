using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Which time a replay judges, and how long a warning is good for.</summary>
public sealed record ReplayOptions
{
    /// <summary>Gets from when on events and warnings count. Warnings raised before it still find events after it.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets until when scores are played and all events are known.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Gets how long after a warning's end an event still makes it right, 0 or more.</summary>
    public required TimeSpan Horizon { get; init; }

    internal void Check()
    {
        if (Until <= From) throw new FittingException("until", "It is not after the beginning.", "Give a later end.");
        if (Horizon < TimeSpan.Zero) throw new FittingException("horizon", $"{Horizon} is below 0.", "Give 0 or a longer time.");
    }
}
