namespace EarlyWarning.Store.Clocks;

/// <content>
/// What others' clocks say: the store's, where it has one, which is a server's and may be another machine's; and those who send
/// observations.
/// </content>
public sealed partial class SuiteClock
{
    private ClockSample? _store;
    private long? _storeJumped;
    private TimeSpan? _acceptedDifference;
    private (TimeSpan Lead, long Stamp)? _sources;

    /// <summary>Takes a reading of the store's clock.</summary>
    /// <param name="time">What it said; <see langword="null"/> where the store has no clock.</param>
    /// <param name="asked">The timestamp before it was asked.</param>
    /// <param name="answered">The timestamp after it had answered.</param>
    public void HearStore(DateTimeOffset? time, long asked, long answered)
    {
        lock (_gate)
        {
            if (time is not { } said)
            {
                return;
            }

            // Said at some moment between the two.
            var heard = new ClockSample(said + (_machine.GetElapsedTime(asked, answered) / 2), answered, null);
            if (_store is { } before && (heard.Wall - At(before, answered)).Duration() > _options.Doubt)
            {
                // A server on this machine jumps with the wall clock, and is then no second witness.
                _storeJumped = answered;
                Note(ClockText.StoreJumped(heard.Wall - At(before, answered), heard.Wall), answered);
            }

            _store = heard;
            var (wall, stamp) = Measure();
            Judge(wall, stamp);
        }
    }

    /// <summary>
    /// Takes by how much most sources of observations are ahead of the suite's time; <see langword="null"/> where they are not.
    /// </summary>
    public void HearSources(TimeSpan? lead)
    {
        lock (_gate)
        {
            var (wall, stamp) = Measure();
            _sources = lead is { } ahead ? (ahead, stamp) : null;
            Judge(wall, stamp);
        }
    }

    private bool SourcesAgree(TimeSpan lead, long stamp) =>
        _sources is var (ahead, heard)
        && (ahead - lead).Duration() <= _options.Doubt
        && _machine.GetElapsedTime(heard, stamp) <= s_sourcesFresh;

    private DateTimeOffset? StoreAt(long stamp) =>
        _store is { } store && _machine.GetElapsedTime(store.Stamp, stamp) <= s_storeFresh ? At(store, stamp) : null;

    private bool StoreAgrees(DateTimeOffset wall, long stamp) =>
        StoreAt(stamp) is { } store
        && (store - wall).Duration() <= _options.Doubt
        && !(_storeJumped is { } jumped && _machine.GetElapsedTime(jumped, stamp) < _options.Grace);

    /// <summary>By how much the store's clock leads the wall clock, where that is too much and was not accepted.</summary>
    private TimeSpan? Differing(DateTimeOffset wall, long stamp)
    {
        if (StoreAt(stamp) is not { } store || (store - wall).Duration() <= _options.Doubt)
        {
            return null;
        }

        return _acceptedDifference is { } accepted && (store - wall - accepted).Duration() <= _options.Doubt ? null : store - wall;
    }
}
