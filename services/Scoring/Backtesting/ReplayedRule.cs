using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Fitting;
using Google.Protobuf.WellKnownTypes;
using Reading = EarlyWarning.Catalogue.Watching.Reading;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>A rule that is replayed over a framework's scores: the warnings that it would have raised, and what came of them.</summary>
/// <param name="rule">The rule.</param>
/// <param name="watched">What it looks at.</param>
/// <param name="threshold">The threshold that it comes from; <see langword="null"/> for a rule on ranks.</param>
/// <param name="outcomes">What happened.</param>
/// <param name="definition">When an event counts for a warning.</param>
internal sealed class ReplayedRule(WatchRule rule, Target watched, V1.Threshold? threshold, Outcomes outcomes, HitDefinition definition)
{
    /// <summary>Adds everything that the rule is.</summary>
    public void AddTo(ContentKey key) =>
        key.Add("rule").Add(rule.ToString()).Add(threshold).Add(definition.Horizon.Ticks).Add(definition.Grace.Ticks);

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
        var countries = rows.Rows.Select(row => row.Country).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var histories = ScoreHistory.Rank([
            .. countries.Select(country => new ScoreHistory(
                country,
                [.. Sure(rows.Times, [.. rows.Times.Select((_, period) => state(country, period))])]
            )),
        ]);
        var judged = threshold is { Countries.Count: > 0 } some
            ? [.. histories.Where(history => some.Countries.Contains(history.Country))]
            : histories;
        var events = outcomes
            .All.Where(one =>
                asks(one.Country) && (threshold is not { Countries.Count: > 0 } limited || limited.Countries.Contains(one.Country))
            )
            .Select(one => new RecordedEvent(one.Country, one.Time))
            .ToArray();
        var end = rows.Times[^1] + definition.Horizon;
        var replay = ThresholdReplay.Run(
            judged,
            rule,
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

    /// <summary>
    /// The values that the rule looks at. Where the coverage is too low, or it is not sure enough that the value is past the bound, there
    /// is none: a threshold then neither starts nor ends a warning.
    /// </summary>
    private IEnumerable<ScorePoint> Sure(IReadOnlyList<DateTimeOffset> times, ScoreState?[] states)
    {
        double[] values = [.. states.Select(Read)];
        for (var i = 0; i < values.Length; i++)
        {
            yield return new(times[i], IsPastButUnsure(times, states, values, i) ? double.NaN : values[i]);
        }
    }

    private double Read(ScoreState? state) =>
        state is null ? double.NaN
        : threshold is { Condition: V1.Condition.Level } level ? ReadLevel(level, state)
        : watched.Coverage(state) >= (threshold?.MinimumCoverage ?? 0) ? watched.Value(state) ?? double.NaN
        : double.NaN;

    // As a live threshold reads it: of the index and of every node that decides on the level, so that the rule counts places among the
    // levels.
    private double ReadLevel(V1.Threshold level, ScoreState state)
    {
        var condition = new WatchedCondition(level, state.Framework, watched);
        var reading = condition.Read(state, null, () => StateDistribution.Of(state, StateDistribution.DecisionDraws), out _);
        return reading == Reading.Unknown ? double.NaN : Math.Max(state.LevelIndex, state.LevelAtLeast);
    }

    private bool IsPastButUnsure(IReadOnlyList<DateTimeOffset> times, ScoreState?[] states, double[] values, int i)
    {
        if (
            threshold is not { HasMinimumProbability: true, Condition: not V1.Condition.Level, MinimumProbability: var asked }
            || double.IsNaN(values[i])
        )
        {
            return false;
        }

        var state = states[i]!;
        return rule switch
        {
            AboveRule above => values[i] >= above.Value && !(AtLeast(state, above.Value) >= asked),
            BelowRule below => values[i] <= below.Value && !(1 - AtLeast(state, below.Value) >= asked),
            RiseRule rise => Lowest(times, values, i, rise.Window) + rise.Rise is var bound
                && values[i] >= bound
                && !(AtLeast(state, bound) >= asked),
            _ => false,
        };
    }

    private double? AtLeast(ScoreState state, double value) =>
        watched.ProbabilityAtLeast(StateDistribution.Of(state, StateDistribution.DecisionDraws), value);

    /// <summary>An earlier value counts as long as it held.</summary>
    private static double Lowest(IReadOnlyList<DateTimeOffset> times, double[] values, int i, TimeSpan window)
    {
        var lowest = double.PositiveInfinity;
        for (var earlier = i - 1; earlier >= 0 && times[i] - times[earlier + 1] <= window; earlier--)
        {
            lowest = values[earlier] < lowest ? values[earlier] : lowest;
        }

        return lowest;
    }

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
