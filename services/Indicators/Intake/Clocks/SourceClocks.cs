using EarlyWarning.Store.Clocks;

namespace EarlyWarning.Indicators.Intake.Clocks;

/// <summary>
/// How far the sources' clocks lead ours, as far as what they send shows it: of each, the newest <c>observed_at</c> less our time then. A
/// source whose
/// clock is right and who reports at once leads by nothing, and nobody leads by more than his clock does. Everything is measured by the
/// monotonic clock.
/// At most <see cref="Most"/> sources are remembered, those heard last, and none beyond a change of our own time. Thread-safe.
/// </summary>
internal sealed class SourceClocks(SuiteClock clock)
{
    /// <summary>How many sources are remembered.</summary>
    public const int Most = 256;

    /// <summary>How long a source counts as heard.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a source that is ahead is waited for where nobody can say who is right; after as long a silence it is waited for anew.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Heard> _sources = new(StringComparer.Ordinal);
    private int _changes = clock.Changes;

    /// <summary>Notes that a source has sent something.</summary>
    /// <param name="source">Who.</param>
    /// <param name="lead">How far the newest of it lies ahead of our time; negative where it lies behind.</param>
    /// <param name="allowed">From which lead on it counts as ahead.</param>
    public void Hear(string source, TimeSpan lead, TimeSpan allowed)
    {
        lock (_gate)
        {
            Forget();
            var now = clock.GetTimestamp();
            if (!_sources.TryGetValue(source, out var heard))
            {
                if (_sources.Count == Most)
                {
                    _sources.Remove(_sources.MinBy(pair => pair.Value.Last).Key);
                }

                _sources.Add(source, heard = new());
            }

            if (heard.Last == 0 || lead >= heard.Lead || clock.GetElapsedTime(heard.LeadAt, now) > Window)
            {
                (heard.Lead, heard.LeadAt) = (lead, now);
            }

            if (lead > allowed)
            {
                var goesOn = heard.AheadSince is not null && clock.GetElapsedTime(heard.AheadLast, now) <= Patience;
                heard.AheadSince = goesOn ? heard.AheadSince : now;
                heard.AheadLast = now;
            }

            heard.Last = now;
        }
    }

    /// <summary>For how long a source has been ahead.</summary>
    public TimeSpan AheadFor(string source)
    {
        lock (_gate)
        {
            Forget();
            return _sources.TryGetValue(source, out var heard) && heard.AheadSince is { } since
                ? clock.GetElapsedTime(since)
                : TimeSpan.Zero;
        }
    }

    /// <summary>How those who were heard lately stand to our time.</summary>
    public SourceSurvey Survey(TimeSpan allowed)
    {
        lock (_gate)
        {
            Forget();
            var now = clock.GetTimestamp();
            return SourceSurvey.Of(
                [.. _sources.Values.Where(heard => clock.GetElapsedTime(heard.Last, now) <= Window).Select(heard => heard.Lead)],
                allowed
            );
        }
    }

    /// <summary>What was measured by another time says nothing any longer.</summary>
    private void Forget()
    {
        if (clock.Changes is var changes && changes != _changes)
        {
            _sources.Clear();
            _changes = changes;
        }
    }

    private sealed class Heard
    {
        public TimeSpan Lead { get; set; }

        public long LeadAt { get; set; }

        public long Last { get; set; }

        public long? AheadSince { get; set; }

        public long AheadLast { get; set; }
    }
}
