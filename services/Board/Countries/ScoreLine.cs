using System.Text;
using EarlyWarning.Board.Language;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>
/// How a score went, as a drawing: a score holds until the next is decided, and where there was none the line has a gap. Immutable.
/// </summary>
/// <param name="Path">The line; empty for none.</param>
/// <param name="Gaps">Where there was no score, from and to along the width.</param>
internal sealed record ScoreLine(string Path, IReadOnlyList<(double From, double To)> Gaps)
{
    /// <summary>Of how many strips of the width at most the highest and the last are drawn.</summary>
    private const int Strips = 250;

    /// <summary>Draws the changes of a span.</summary>
    /// <param name="changes">The changes, oldest first; those before the span say with what it begins.</param>
    /// <param name="span">The span.</param>
    /// <param name="end">Until when it is known how the score went.</param>
    /// <param name="since">From when on there was anything to score by; <see langword="null"/> where that is not known.</param>
    public static ScoreLine Of(IReadOnlyList<RiskChange> changes, ScoreSpan span, DateTimeOffset end, DateTimeOffset? since = null)
    {
        StringBuilder path = new();
        List<(double, double)> gaps = since > span.From ? [(0, span.X(since.Value))] : [];
        var drawn = false;
        var steps = Thinned(changes, span).ToList();
        foreach (var (change, i) in steps.Select((change, i) => (change, i)))
        {
            var from = span.X(change.Time.ToDateTimeOffset());
            var to = span.X(i + 1 < steps.Count ? steps[i + 1].Time.ToDateTimeOffset() : end);
            if (!change.HasScore)
            {
                drawn = false;
                if (to > from)
                {
                    gaps.Add((from, to));
                }

                continue;
            }

            var y = Number.Drawn(span.Y(change.Score));
            path.Append(drawn ? $"V{y}" : $"M{Number.Drawn(from)} {y}").Append($"H{Number.Drawn(to)}");
            drawn = true;
        }

        return new(path.ToString(), gaps);
    }

    /// <summary>
    /// Draws the ranges as one band through the moments at which they were asked for; where one is not known the band has a gap.
    /// </summary>
    public static IEnumerable<string> Bands(IReadOnlyList<ScoreSample> samples, ScoreSpan span)
    {
        List<(double X, Interval Range)> run = [];
        foreach (var sample in samples.Where(one => span.Holds(one.At)).Append(new(DateTimeOffset.MaxValue, null, null)))
        {
            if (sample.Range is { } range)
            {
                run.Add((span.X(sample.At), range));
                continue;
            }

            if (run.Count > 1)
            {
                var upper = run.Select(one => $"{Number.Drawn(one.X)} {Number.Drawn(span.Y(one.Range.Upper))}");
                var lower = Enumerable.Reverse(run).Select(one => $"{Number.Drawn(one.X)} {Number.Drawn(span.Y(one.Range.Lower))}");
                yield return $"M{string.Join('L', upper.Concat(lower))}Z";
            }

            run = [];
        }
    }

    /// <summary>The changes within, with the last before; of what stands too close to tell apart, the highest and the last.</summary>
    private static IEnumerable<RiskChange> Thinned(IReadOnlyList<RiskChange> changes, ScoreSpan span)
    {
        var within = changes.Where(one => span.Holds(one.Time.ToDateTimeOffset()));
        var before = changes.LastOrDefault(one => one.Time.ToDateTimeOffset() < span.From);
        return within
            .GroupBy(one => (int)(span.X(one.Time.ToDateTimeOffset()) / ScoreSpan.Width * Strips))
            .SelectMany(strip => new[] { strip.MaxBy(one => one.HasScore ? one.Score : double.MinValue)!, strip.Last() }.Distinct())
            .Prepend(before)
            .OfType<RiskChange>();
    }
}

/// <summary>What was known of a country at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Score">The score; <see langword="null"/> where there was none.</param>
/// <param name="Range">Its range; <see langword="null"/> where errors are not stated.</param>
public sealed record ScoreSample(DateTimeOffset At, double? Score, Interval? Range);
