using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Plays histories to watches and finds the warnings that they would have raised.</summary>
public static class WatchReplay
{
    /// <summary>Plays one country's history, as it would have been decided live: every point is news of what is watched.</summary>
    /// <param name="history">The history; a score is what a warning's peak is taken of.</param>
    /// <param name="watch">The watch, not played yet.</param>
    /// <param name="until">The moment at which the play stops; points after it are not seen.</param>
    /// <returns>The warnings, in order; the last may not have ended.</returns>
    /// <exception cref="FittingException">The watch is wrong, or the times do not rise.</exception>
    public static ImmutableArray<RaisedWarning> Play(ScoreHistory history, ReplayedWatch watch, DateTimeOffset until)
    {
        watch.Check();
        var warnings = ImmutableArray.CreateBuilder<RaisedWarning>();
        var points = history.Points;
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
            watch.Observe(i);
            Step(i, now, WatchOccasion.News);

            // Until the next point nothing but time changes. A wait that ends as that point comes is over before it.
            var end = i + 1 < points.Length && points[i + 1].KnownAt <= until ? points[i + 1].KnownAt : until;
            if (WatchCourse.Deadline(watch, now.UtcTicks, end.UtcTicks) is < long.MaxValue and var due)
                Step(i, new(due, TimeSpan.Zero), WatchOccasion.Time);
        }

        if (firing is not null)
            warnings.Add(firing);
        return warnings.ToImmutable();

        void Step(int point, DateTimeOffset now, WatchOccasion occasion)
        {
            var step = WatchCourse.Next(watch, now.UtcTicks, occasion);
            watch.Take(step, now.UtcTicks);
            if (step == WatchStep.Resolve)
            {
                warnings.Add(firing! with { End = now });
                firing = null;
            }

            firing =
                step == WatchStep.Fire ? new RaisedWarning(history.Country, now, null, points[point].Score, now)
                : firing is null ? null
                : Peak(firing, watch, points[point]);
        }
    }

    /// <summary>Plays all histories and judges the warnings by what came.</summary>
    /// <param name="histories">One history a country.</param>
    /// <param name="watch">Makes the watch on a country.</param>
    /// <param name="events">What came, in any order.</param>
    /// <param name="options">Which time is judged, and how long a warning is good for.</param>
    /// <param name="cancellationToken">Stops the work between two countries.</param>
    /// <returns>The warnings, the events and what they come to.</returns>
    /// <exception cref="FittingException">A watch or an option is wrong, a country has two histories, or the times of one do not
    /// rise.</exception>
    public static ReplayResult Run(
        IReadOnlyList<ScoreHistory> histories,
        Func<ScoreHistory, ReplayedWatch> watch,
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
            warnings.AddRange(Play(history, watch(history), options.PlayedUntil ?? options.Until));
        }

        return WarningJudge.Judge(histories, warnings, events, options);
    }

    /// <summary>The peak is the score of most danger; a point without a score is none.</summary>
    private static RaisedWarning Peak(RaisedWarning warning, ReplayedWatch watch, ScorePoint point) =>
        watch.Sign * point.Score > watch.Sign * warning.Peak || (double.IsNaN(warning.Peak) && !double.IsNaN(point.Score))
            ? warning with
            {
                Peak = point.Score,
                PeakAt = point.KnownAt,
            }
            : warning;
}
