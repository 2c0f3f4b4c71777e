using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Which time a replay judges, and by what.</summary>
public sealed record ReplayOptions
{
    /// <summary>Gets after when events count. Warnings raised before it still find events after it.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets until when events count.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Gets when an event counts for a warning.</summary>
    public required HitDefinition Definition { get; init; }

    /// <summary>Gets until when scores are played; the default is <see cref="Until"/>.</summary>
    public DateTimeOffset? PlayedUntil { get; init; }

    /// <summary>
    /// Gets what tells whether everything that came to a country within a time is known; a warning of whose time it is not is neither right
    /// nor wrong, whatever is known of the rest. The default is what ends until <see cref="Until"/>.
    /// </summary>
    public Func<string, EventWindow, bool>? IsKnown { get; init; }

    internal bool Knows(string country, EventWindow window) => IsKnown?.Invoke(country, window) ?? window.End <= Until;

    internal void Check()
    {
        if (Until <= From)
            throw new FittingException("until", "It is not after the beginning.", "Give a later end.");
        Definition.Check();
    }
}
