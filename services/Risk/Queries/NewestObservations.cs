using EarlyWarning.Risk.Observations;

namespace EarlyWarning.Risk.Queries;

/// <summary>An observation as it is recorded.</summary>
/// <param name="row">The observation.</param>
/// <param name="position">The position of its entry.</param>
/// <param name="recorded">When that was recorded, in ticks.</param>
/// <param name="backfill">It came as history.</param>
internal sealed class RecordedObservation(ObservationRow row, long position, long recorded, bool backfill)
{
    public readonly ObservationRow Row = row;

    public long Position { get; } = position;

    public long Recorded { get; } = recorded;

    public bool Backfill { get; } = backfill;

    public (string Source, string Indicator, long Observed, long Horizon) Key => (Row.Source, Row.Indicator, Row.Observed, Row.Horizon);

    /// <summary>What decides which one of a natural key is current: the highest.</summary>
    public (long Revision, long Position, int Place) Rank => (Row.Revision, Position, Row.Place);
}

/// <summary>
/// Takes observations in any order and keeps the newest, as many as are asked for and those that were observed at the same moment as the
/// last of them: so it knows of each that it keeps whether it is the current one of its natural key. Not thread-safe.
/// </summary>
/// <param name="count">How many are asked for.</param>
/// <param name="onlyCurrent">Whether those count alone that are current.</param>
internal sealed class NewestObservations(long count, bool onlyCurrent)
{
    private const int Slack = 1_000;
    private readonly List<RecordedObservation> _kept = [];
    private readonly Dictionary<(string Source, string Indicator, long Observed, long Horizon), RecordedObservation> _current = [];
    private long _limit = (2 * count) + Slack;

    /// <summary>What was observed before is not kept any more.</summary>
    public long From { get; private set; } = long.MinValue;

    public IReadOnlyList<RecordedObservation> Kept => _kept;

    public bool IsCurrent(RecordedObservation item) => _current[item.Key] == item;

    public void Add(RecordedObservation item)
    {
        if (item.Row.Observed < From)
        {
            return;
        }

        if (!_current.TryGetValue(item.Key, out var best) || best.Rank.CompareTo(item.Rank) < 0)
        {
            _current[item.Key] = item;
        }

        _kept.Add(item);
        if (_kept.Count >= _limit)
        {
            Tighten();
        }
    }

    /// <summary>Lets go what is not among the newest so far.</summary>
    public void Tighten()
    {
        if (onlyCurrent)
        {
            _kept.RemoveAll(item => !IsCurrent(item));
        }

        if (_kept.Count > count && count > 0)
        {
            _kept.Sort(static (a, b) => b.Row.Observed.CompareTo(a.Row.Observed));
            From = _kept[(int)count - 1].Row.Observed;
            _kept.RemoveAll(item => item.Row.Observed < From);
            foreach (var key in _current.Keys.Where(key => key.Observed < From).ToList())
            {
                _current.Remove(key);
            }
        }

        _limit = (2 * Math.Max(count, _kept.Count)) + Slack;
    }
}
