using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// The keys of a file (country, indicator, moment, source, horizon, and with them the revision), each with the line on which it stands
/// last. Keeps some hundred bytes a key, and refuses a file of more than <see cref="MostKeys"/>.
/// </summary>
internal sealed class KeyTable(string path, bool hasRevisions)
{
    public const int MostKeys = 5_000_000;

    private readonly Dictionary<(string Country, string Indicator, string Source, long Horizon), int> _series = [];
    private readonly List<(string Country, string Indicator, string Source)> _names = [];
    private readonly Dictionary<Key, long> _lastLines = [];
    private readonly Dictionary<(int Series, long Moment), (long Line, long Revision)> _newest = [];
    private readonly Dictionary<Key, List<long>> _repeated = [];

    /// <summary>The keys that several rows have, with all their lines, in the order of the file.</summary>
    public IEnumerable<Repeat> Repeats =>
        _repeated
            .OrderBy(one => one.Value[0])
            .Select(one => new Repeat(
                _names[one.Key.Series].Country,
                _names[one.Key.Series].Indicator,
                _names[one.Key.Series].Source,
                one.Key.Moment,
                one.Key.Revision,
                one.Value
            ));

    public int RepeatCount => _repeated.Count;

    public Key Add(Item item)
    {
        var key = KeyOf(item.Observation);
        if (_lastLines.TryGetValue(key, out var before))
        {
            if (!_repeated.TryGetValue(key, out var lines))
            {
                _repeated[key] = lines = [before];
            }

            lines.Add(item.Row.Line);
        }
        else if (_lastLines.Count == MostKeys)
        {
            throw new CliException(
                $"{path} has more than {DisplayText.Count(MostKeys)} values. All of a file's keys are held in memory, to find those that "
                    + $"stand there twice. Split the file by country or by year."
            );
        }

        _lastLines[key] = item.Row.Line;
        if (hasRevisions)
        {
            var natural = (key.Series, key.Moment);
            _newest[natural] = (
                item.Row.Line,
                _newest.TryGetValue(natural, out var newest) ? Math.Max(newest.Revision, key.Revision) : key.Revision
            );
        }

        return key;
    }

    public Key KeyOf(Observation observation)
    {
        var horizon = observation.Horizon is { } span ? span.ToTimeSpan().Ticks : 0;
        var series = (observation.Country, observation.Indicator, observation.Source, horizon);
        if (!_series.TryGetValue(series, out var number))
        {
            _series[series] = number = _names.Count;
            _names.Add((observation.Country, observation.Indicator, observation.Source));
        }

        return new(number, observation.ObservedAt.ToDateTime().Ticks, observation.Revision);
    }

    /// <summary>The lines that share a key; nothing where it stands in the file once.</summary>
    public IReadOnlyList<long>? LinesOf(Key key) => _repeated.GetValueOrDefault(key);

    public long LastLineOf(Key key) => _lastLines.GetValueOrDefault(key);

    /// <summary>
    /// Says of an item whether it is the last of its key whatever the revision, and whether another in the file has a higher one.
    /// </summary>
    public Item Placed(Item item)
    {
        if (!hasRevisions)
        {
            return item;
        }

        var key = KeyOf(item.Observation);
        var (line, revision) = _newest.GetValueOrDefault((key.Series, key.Moment));
        return item with { IsLast = item.Row.Line == line, IsOutranked = key.Revision < revision };
    }

    /// <summary>A key: the series by its number, the moment in ticks, the revision.</summary>
    internal readonly record struct Key(int Series, long Moment, long Revision);

    /// <summary>A key that several rows have.</summary>
    internal sealed record Repeat(string Country, string Indicator, string Source, long Moment, long Revision, IReadOnlyList<long> Lines);
}
