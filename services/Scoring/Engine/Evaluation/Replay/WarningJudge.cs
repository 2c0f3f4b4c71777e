namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Judges warnings by what came, as <see cref="HitDefinition"/> says.</summary>
internal static class WarningJudge
{
    public static ReplayResult Judge(
        IReadOnlyList<ScoreHistory> histories,
        IEnumerable<RaisedWarning> warnings,
        IEnumerable<RecordedEvent> events,
        ReplayOptions options
    )
    {
        var watchedFrom = histories.ToDictionary(history => history.Country, WatchedFrom, StringComparer.Ordinal);
        var all = events.Where(one => one.At > options.From && one.At <= options.Until).ToArray();
        var counted = all.Where(one => watchedFrom.GetValueOrDefault(one.Country) < one.At)
            .OrderBy(one => one.At)
            .ThenBy(one => one.Country, StringComparer.Ordinal)
            .ToArray();
        var raised = warnings
            .Where(warning => Window(warning, options).End > options.From)
            .OrderBy(warning => warning.Country, StringComparer.Ordinal)
            .ThenBy(warning => warning.Start)
            .ToArray();
        var eventsOf = counted.ToLookup(one => one.Country, StringComparer.Ordinal);
        var warningsOf = raised.ToLookup(warning => warning.Country, StringComparer.Ordinal);
        return new ReplayResult(
            [.. raised.Select(warning => JudgeOne(warning, eventsOf[warning.Country], options))],
            [.. counted.Select(one => JudgeOne(one, warningsOf[one.Country], options))],
            WarnedShare(watchedFrom, warningsOf, options)
        )
        {
            Unwatched = all.Length - counted.Length,
        };
    }

    /// <summary>When a country's first score was known; nothing can be warned of before.</summary>
    private static DateTimeOffset? WatchedFrom(ScoreHistory history)
    {
        foreach (var point in history.Points)
            if (!double.IsNaN(point.Score))
                return point.KnownAt;
        return null;
    }

    private static EventWindow Window(RaisedWarning warning, ReplayOptions options) =>
        options.Definition.WindowOf(warning.Start, warning.End);

    private static JudgedWarning JudgeOne(RaisedWarning warning, IEnumerable<RecordedEvent> events, ReplayOptions options)
    {
        var window = Window(warning, options);
        if (!options.Knows(warning.Country, window))
            return new JudgedWarning(warning, Verdict.Open, null);
        var first = events.FirstOrDefault(one => window.Holds(one.At));
        return first is null
            ? new JudgedWarning(warning, Verdict.FalseAlarm, null)
            : new JudgedWarning(warning, Verdict.Hit, first.At - warning.Start);
    }

    private static JudgedEvent JudgeOne(RecordedEvent one, IEnumerable<RaisedWarning> warnings, ReplayOptions options)
    {
        var standing = false;
        foreach (var warning in warnings)
        {
            if (Window(warning, options).Holds(one.At))
                return new JudgedEvent(one, one.At - warning.Start, false);
            standing |= warning.Start < one.At && (warning.End is not { } end || one.At <= end);
        }

        return new JudgedEvent(one, null, standing);
    }

    private static double WarnedShare(
        Dictionary<string, DateTimeOffset?> watchedFrom,
        ILookup<string, RaisedWarning> warningsOf,
        ReplayOptions options
    )
    {
        double watched = 0,
            warned = 0;
        foreach (var (country, from) in watchedFrom)
        {
            if (from is not { } first || first >= options.Until)
                continue;
            var reached = first > options.From ? first : options.From;
            watched += (options.Until - reached).Ticks;
            foreach (var warning in warningsOf[country])
            {
                var window = Window(warning, options);
                var start = window.After > reached ? window.After : reached;
                var end = window.End < options.Until ? window.End : options.Until;
                if (end <= start)
                    continue;
                warned += (end - start).Ticks;
                reached = end;
            }
        }

        return watched == 0 ? 0 : warned / watched;
    }
}
