using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Fitting;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>A rule that is replayed over a framework's scores: the warnings that it would have raised, and what came of them.</summary>
/// <param name="threshold">The threshold that is watched; <see langword="null"/> for a rule on ranks.</param>
/// <param name="ranks">How many of the highest scores warn, where there is no threshold.</param>
/// <param name="watched">What it looks at.</param>
/// <param name="outcomes">What happened.</param>
/// <param name="definition">When an event counts for a warning.</param>
internal sealed class ReplayedRule(V1.Threshold? threshold, int ranks, Target watched, OutcomeSet outcomes, HitDefinition definition)
{
    /// <summary>Adds everything that the rule is.</summary>
    public void AddTo(ContentKey key) =>
        key.Add("rule").Add(threshold).Add(ranks).Add(definition.Horizon.Ticks).Add(definition.Grace.Ticks);

    /// <summary>When an event counts for a warning.</summary>
    public HitDefinition Definition => definition;

    /// <summary>Replays it.</summary>
    /// <param name="result">Is given the warnings and their summary.</param>
    /// <param name="rows">The periods.</param>
    /// <param name="asks">Whether the test is of a country.</param>
    /// <param name="state">The state of a country in a period; <see langword="null"/> without data.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Replay(
        V1.BacktestResult result,
        TrainingRows rows,
        Func<string, bool> asks,
        Func<string, int, ScoreState?> state,
        CancellationToken cancellationToken
    )
    {
        var histories = rows
            .Rows.Select(row => row.Country)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(country => new ScoreHistory(
                country,
                [.. rows.Times.Select((time, period) => new ScorePoint(time, Value(state(country, period))))]
            ))
            .ToArray();
        IReadOnlyList<ScoreHistory> judged = threshold switch
        {
            null => ScoreHistory.Rank(histories),
            { Countries.Count: > 0 } some => [.. histories.Where(history => some.Countries.Contains(history.Country))],
            _ => histories,
        };
        var events = outcomes
            .All.Where(one =>
                asks(one.Country) && (threshold is not { Countries.Count: > 0 } limited || limited.Countries.Contains(one.Country))
            )
            .Select(one => new RecordedEvent(one.Country, one.Time))
            .ToArray();
        var end = rows.Times[^1] + definition.Horizon;
        var replay = WatchReplay.Run(
            judged,
            history => WatchOn(history, rows.Times, state),
            events,
            new()
            {
                From = rows.Times[0],
                Until = outcomes.Known.Until < end ? outcomes.Known.Until : end,
                PlayedUntil = end,
                Definition = definition,
                IsKnown = (country, window) => outcomes.IsKnown(country, window, DateTimeOffset.MaxValue),
            },
            cancellationToken
        );
        result.Summary = Summary(replay);
        result.Warnings.AddRange(
            replay
                .Warnings.OrderBy(warning => warning.Warning.Start)
                .ThenBy(warning => warning.Warning.Country, StringComparer.Ordinal)
                .Select(Warning)
        );
    }

    private static V1.ReplaySummary Summary(ReplayResult replay)
    {
        var summary = new V1.ReplaySummary
        {
            Warnings = replay.Warnings.Length,
            Hits = replay.Hits,
            FalseAlarms = replay.FalseAlarms,
            Open = replay.Open,
            Found = replay.Found,
            Misses = replay.Missed,
            MissesWhileStanding = replay.MissedWhileStanding,
            UnwatchedEvents = replay.Unwatched,
        };
        if (replay.Recall is { } recall)
        {
            summary.Recall = recall;
        }

        if (replay.Precision is { } precision)
        {
            summary.Precision = precision;
        }

        if (replay.FalseAlarmsPerHit is { } perHit)
        {
            summary.FalseAlarmsPerHit = perHit;
        }

        if (replay.LeadTimes is { } leads)
        {
            summary.MedianLeadDays = leads.Median.TotalDays;
        }

        return summary;
    }

    private ReplayedWatch WatchOn(ScoreHistory history, IReadOnlyList<DateTimeOffset> times, Func<string, int, ScoreState?> state)
    {
        if (threshold is null)
        {
            return new RankWatch(history, ranks);
        }

        ScoreState?[] states = [.. times.Select((_, period) => state(history.Country, period))];
        return new ReplayedThreshold(threshold, watched, times, states);
    }

    /// <summary>What a warning's peak is taken of; for a level its place among the levels. None where the coverage is too low.</summary>
    private double Value(ScoreState? state) =>
        state is null ? double.NaN
        : threshold is { Condition: V1.Condition.Level }
            ? Math.Max(state.LevelIndex, state.LevelAtLeast) is >= 0 and var level ? level
                : double.NaN
        : watched.Coverage(state) >= (threshold?.MinimumCoverage ?? 0) ? watched.Value(state) ?? double.NaN
        : double.NaN;

    private static V1.ReplayedWarning Warning(JudgedWarning judged)
    {
        var warning = new V1.ReplayedWarning
        {
            Country = judged.Warning.Country,
            StartTime = Timestamp.FromDateTimeOffset(judged.Warning.Start),
            EndTime = judged.Warning.End is { } over ? Timestamp.FromDateTimeOffset(over) : null,
            Peak = judged.Warning.Peak,
            Verdict = judged.Verdict switch
            {
                Verdict.Hit => V1.WarningVerdict.Hit,
                Verdict.FalseAlarm => V1.WarningVerdict.FalseAlarm,
                _ => V1.WarningVerdict.Open,
            },
        };
        if (judged.LeadTime is { } lead)
        {
            warning.LeadDays = lead.TotalDays;
        }

        return warning;
    }
}
