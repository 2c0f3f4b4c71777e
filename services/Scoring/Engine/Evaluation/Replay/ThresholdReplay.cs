using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Plays a history to a rule and finds the warnings that it would have raised.</summary>
public static class ThresholdReplay
{
    /// <summary>Plays one country's history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="until">The moment at which the play stops; points after it are not seen.</param>
    /// <returns>The warnings, in order; the last may not have ended.</returns>
    /// <exception cref="FittingException">The rule is wrong, or the times do not rise.</exception>
    public static ImmutableArray<RaisedWarning> Play(ScoreHistory history, WatchRule rule, DateTimeOffset until)
    {
        rule.Check();
        var warnings = ImmutableArray.CreateBuilder<RaisedWarning>();
        var points = history.Points.AsSpan();
        DateTimeOffset? pendingSince = null;
        RaisedWarning? firing = null;
        for (var i = 0; i < points.Length && points[i].KnownAt <= until; i++)
        {
            var now = points[i].KnownAt;
            if (i > 0 && points[i - 1].KnownAt >= now)
                throw new FittingException(
                    $"{history.Country}, points[{i.ToString(CultureInfo.InvariantCulture)}]",
                    "Its time is not after that of the point before.",
                    "Give the points in order, one a moment."
                );
            var reading = rule.Read(points, i, now);
            if (firing is not null)
            {
                if (reading == WatchReading.Cleared)
                    warnings.Add(firing with { End = now });
                firing = reading == WatchReading.Cleared ? null : Peak(firing, rule, points[i]);
                continue;
            }

            if (reading == WatchReading.Met)
                pendingSince ??= now;
            else if (reading != WatchReading.Unknown)
                pendingSince = null;
            if (pendingSince is not { } since)
                continue;

            // Until the next point nothing but time changes; where a wait ends as that point comes, the point decides.
            var due = since + rule.For > now ? since + rule.For : now;
            if (due > until || (i + 1 < points.Length && due >= points[i + 1].KnownAt))
                continue;
            if (rule.Read(points, i, due) != WatchReading.Met)
                continue;
            firing = new RaisedWarning(history.Country, due, null, points[i].Score, due);
            pendingSince = null;
        }

        if (firing is not null)
            warnings.Add(firing);
        return warnings.ToImmutable();
    }

    /// <summary>Plays all histories and judges the warnings by what came.</summary>
    /// <param name="histories">One history a country.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="events">What came, in any order.</param>
    /// <param name="options">Which time is judged, and how long a warning is good for.</param>
    /// <param name="cancellationToken">Stops the work between two countries.</param>
    /// <returns>The warnings, the events and what they come to.</returns>
    /// <exception cref="FittingException">The rule or an option is wrong, a country has two histories, or the times of one do not
    /// rise.</exception>
    public static ReplayResult Run(
        IReadOnlyList<ScoreHistory> histories,
        WatchRule rule,
        IEnumerable<RecordedEvent> events,
        ReplayOptions options,
        CancellationToken cancellationToken = default
    )
    {
        options.Check();
        var countries = new HashSet<string>(StringComparer.Ordinal);
        var warnings = new List<RaisedWarning>();
        foreach (var history in histories)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!countries.Add(history.Country))
                throw new FittingException(history.Country, "The country has two histories.", "Give one history a country.");
            warnings.AddRange(Play(history, rule, options.PlayedUntil ?? options.Until));
        }

        return WarningJudge.Judge(histories, warnings, events, options);
    }

    /// <summary>The peak is the score of most danger; a point without a score is none.</summary>
    private static RaisedWarning Peak(RaisedWarning warning, WatchRule rule, ScorePoint point) =>
        rule.Sign * point.Score > rule.Sign * warning.Peak || (double.IsNaN(warning.Peak) && !double.IsNaN(point.Score))
            ? warning with
            {
                Peak = point.Score,
                PeakAt = point.KnownAt,
            }
            : warning;
}
