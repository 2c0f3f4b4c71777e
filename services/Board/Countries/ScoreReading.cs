using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Countries;

/// <summary>What a chart of scores shows at one place of its width. Immutable.</summary>
/// <param name="At">The moment.</param>
/// <param name="Score">The score; <see langword="null"/> where there was none.</param>
/// <param name="Range">The range as it is drawn, between the moments at which it was looked up; <see langword="null"/> for none.</param>
/// <param name="Level">The level in words; empty where it is not known.</param>
public sealed record ScoreReading(DateTimeOffset At, double? Score, Interval? Range, string Level)
{
    /// <summary>How many places there are at most.</summary>
    public const int Places = 60;

    /// <summary>Reads the chart from left to right, up to what is known: in each strip the highest score, as the line has it.</summary>
    /// <param name="changes">The changes, oldest first.</param>
    /// <param name="samples">What was known at moments, oldest first.</param>
    /// <param name="span">The span of the chart.</param>
    /// <param name="end">Until when it is known how the score went.</param>
    public static IReadOnlyList<ScoreReading> Of(
        IReadOnlyList<RiskChange> changes,
        IReadOnlyList<ScoreSample> samples,
        ScoreSpan span,
        DateTimeOffset end
    )
    {
        List<ScoreReading> readings = [];
        var (next, held) = (0, (RiskChange?)null);
        for (var place = 0; place < Places; place++)
        {
            var (from, to) = (span.At(place, Places), span.At(place + 1, Places));
            if (from > end)
            {
                break;
            }

            RiskChange? highest = null;
            for (; next < changes.Count && changes[next].Time.ToDateTimeOffset() < to; next++)
            {
                held = changes[next];
                var isWithin = held.Time.ToDateTimeOffset() >= from;
                highest = isWithin && held.HasScore && !(highest?.Score >= held.Score) ? held : highest;
            }

            var middle = from + ((to - from) / 2);
            readings.Add(
                highest is not null ? Of(highest, highest.Time.ToDateTimeOffset(), samples)
                : held is not null ? Of(held, middle < end ? middle : end, samples)
                : OfSamples(middle < end ? middle : end, samples)
            );
        }

        return readings;
    }

    /// <summary>Says it in a line.</summary>
    /// <param name="framework">On whose scale it is.</param>
    /// <param name="now">The suite's clock.</param>
    public string Say(Framework framework, DateTimeOffset now) => $"{Number.Moment(At, now)}: {Figures(framework)}";

    /// <summary>Says all but the moment.</summary>
    public string Figures(Framework framework) =>
        string.Join(
            ", ",
            new[]
            {
                Score is { } score ? Number.ScoreOf(score, framework) : Words.Say("score.none"),
                Range is { } range ? Words.Say("country.reading.range", Number.Range(range, framework)) : "",
                Level,
            }.Where(one => one.Length > 0)
        );

    private static ScoreReading Of(RiskChange change, DateTimeOffset at, IReadOnlyList<ScoreSample> samples)
    {
        double? score = change.HasScore ? change.Score : null;
        return new(at, score, RangeAt(at, score, samples), LevelOf(change));
    }

    // A backfill may reach back before the first decision: there the moments that were looked up are all that is known.
    private static ScoreReading OfSamples(DateTimeOffset at, IReadOnlyList<ScoreSample> samples) =>
        samples.LastOrDefault(one => one.At <= at) is { Score: { } score }
            ? new(at, score, RangeAt(at, score, samples), "")
            : new(at, null, null, "");

    /// <summary>The band between two moments as it is drawn; none where the score has left it meanwhile.</summary>
    private static Interval? RangeAt(DateTimeOffset at, double? score, IReadOnlyList<ScoreSample> samples)
    {
        if (
            samples.LastOrDefault(one => one.At <= at) is not { Range: { } before } left
            || samples.FirstOrDefault(one => one.At >= at) is not { Range: { } after } right
        )
        {
            return null;
        }

        var along = right.At > left.At ? (at - left.At) / (right.At - left.At) : 0;
        Interval range = new()
        {
            Lower = before.Lower + ((after.Lower - before.Lower) * along),
            Upper = before.Upper + ((after.Upper - before.Upper) * along),
        };
        return score >= range.Lower && score <= range.Upper ? range : null;
    }

    private static string LevelOf(RiskChange change) =>
        change.Level.Length > 0 ? LevelName(change.Level)
        : change.LevelAtLeast.Length > 0 ? Words.Say("level.atLeast", LevelName(change.LevelAtLeast))
        : Words.Say("level.none");
}
