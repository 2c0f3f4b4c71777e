namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>Judges warnings by what came. A warning covers the time from its start to its end and the horizon after it, both ends included.</summary>
internal static class WarningJudge
{
    public static ReplayResult Judge(
        IReadOnlyList<ScoreHistory> histories,
        IEnumerable<RaisedWarning> warnings,
        IEnumerable<RecordedEvent> events,
        ReplayOptions options)
    {
        var counted = events
            .Where(one => one.At >= options.From && one.At <= options.Until)
            .OrderBy(one => one.At)
            .ThenBy(one => one.Country, StringComparer.Ordinal)
            .ToArray();
        var raised = warnings
            .Where(warning => CoveredUntil(warning, options) >= options.From)
            .OrderBy(warning => warning.Country, StringComparer.Ordinal)
            .ThenBy(warning => warning.Start)
            .ToArray();
        var eventsOf = counted.ToLookup(one => one.Country, StringComparer.Ordinal);
        var warningsOf = raised.ToLookup(warning => warning.Country, StringComparer.Ordinal);
        return new ReplayResult(
            [.. raised.Select(warning => JudgeOne(warning, eventsOf[warning.Country], options))],
            [.. counted.Select(one => new JudgedEvent(one, LeadTime(one, warningsOf[one.Country], options)))],
            WarnedShare(histories, warningsOf, options));
    }

    private static DateTimeOffset CoveredUntil(RaisedWarning warning, ReplayOptions options) => (warning.End ?? options.Until) + options.Horizon;

    private static bool Covers(RaisedWarning warning, RecordedEvent one, ReplayOptions options) =>
        one.At >= warning.Start && one.At <= CoveredUntil(warning, options);

    private static JudgedWarning JudgeOne(RaisedWarning warning, IEnumerable<RecordedEvent> events, ReplayOptions options)
    {
        var first = events.FirstOrDefault(one => Covers(warning, one, options));
        if (first is not null) return new JudgedWarning(warning, Verdict.Hit, first.At - warning.Start);
        var over = warning.End is not null && CoveredUntil(warning, options) <= options.Until;
        return new JudgedWarning(warning, over ? Verdict.FalseAlarm : Verdict.Open, null);
    }

    private static TimeSpan? LeadTime(RecordedEvent one, IEnumerable<RaisedWarning> warnings, ReplayOptions options)
    {
        foreach (var warning in warnings)
            if (Covers(warning, one, options)) return one.At - warning.Start;
        return null;
    }

    private static double WarnedShare(IReadOnlyList<ScoreHistory> histories, ILookup<string, RaisedWarning> warningsOf, ReplayOptions options)
    {
        double watched = 0, warned = 0;
        foreach (var history in histories)
        {
            if (history.Points.IsEmpty || history.Points[0].KnownAt >= options.Until) continue;
            var reached = history.Points[0].KnownAt > options.From ? history.Points[0].KnownAt : options.From;
            watched += (options.Until - reached).Ticks;
            foreach (var warning in warningsOf[history.Country])
            {
                var start = warning.Start > reached ? warning.Start : reached;
                var end = CoveredUntil(warning, options) < options.Until ? CoveredUntil(warning, options) : options.Until;
                if (end <= start) continue;
                warned += (end - start).Ticks;
                reached = end;
            }
        }

        return watched == 0 ? 0 : warned / watched;
    }
}
