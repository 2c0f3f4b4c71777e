using EarlyWarning.Driver.Catalogue;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Driver.Partners;

/// <summary>
/// What one source observes: country after country, indicator after indicator, each observation later than all before of its series, as
/// news is. For one caller at a time.
/// </summary>
/// <param name="source">The source, alone with this name.</param>
/// <param name="run">Tells its ids from those of other runs against the same suite.</param>
/// <param name="countries">The countries of which it reports.</param>
/// <param name="indicators">How many indicators of each.</param>
internal sealed class Observations(string source, string run, IReadOnlyList<string> countries, int indicators)
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow - TimeSpan.FromDays(2);
    private readonly Random _random = new(source.Sum(letter => letter));
    private readonly string[] _indicators = [.. Enumerable.Range(0, indicators).Select(LoadFramework.Indicator)];
    private readonly Queue<Observation> _earlier = new();
    private long _made;

    /// <summary>The next one, never made before.</summary>
    public Observation Next()
    {
        var n = _made++;
        return new()
        {
            ObservationId = $"{run}-{source}-{n}",
            Country = countries[(int)(n % countries.Count)],
            Indicator = _indicators[n / countries.Count % _indicators.Length],
            Value = 20 + (_random.NextDouble() * 40),
            ObservedAt = (_start + TimeSpan.FromTicks(n * 100)).ToTimestamp(),
            Source = source,
        };
    }

    /// <summary>
    /// A batch: one in a hundred is sent a second time, and <paramref name="late"/> of a hundred are older than the newest of their series.
    /// </summary>
    public void Fill(ICollection<Observation> batch, int count, int late = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var place = i % 100;
            if (place == 99 && _earlier.TryDequeue(out var again))
            {
                batch.Add(again);
                continue;
            }

            var observation = Next();
            if (place > 0 && place <= late && place < 50)
            {
                // At half of the step between two fresh ones, so that it takes the place of none.
                observation.ObservedAt = (_start + TimeSpan.FromTicks((_random.NextInt64(_made) * 100) + 50)).ToTimestamp();
            }
            else if (place == 50)
            {
                _earlier.Enqueue(observation);
            }

            batch.Add(observation);
        }
    }
}
