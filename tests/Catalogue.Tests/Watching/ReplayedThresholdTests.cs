using System.Collections.Immutable;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Tests.Watching;

/// <summary>Hand-worked timelines; times are days of 2024.</summary>
public sealed class ReplayedThresholdTests
{
    private static readonly CompiledFramework s_framework = CompiledFramework.Compile(
        new CompositeFramework
        {
            Id = "two",
            Version = 1,
            Bands = [new("low", 0)],
            Root = new()
            {
                Code = "index",
                Missing = new RenormaliseWeights(0),
                Children = [Leaf("one"), Leaf("other")],
            },
        }
    );

    [Fact]
    public void Above_PassedAndPassedBack_StandsBetween() =>
        Play(
            Above(60),
            until: 20,
            [(1, 50), (3, 60), (5, 80), (7, 70), (9, 59), (12, 61)],
            new("C", Day(3), Day(9), 80, Day(5)),
            new("C", Day(12), null, 61, Day(12))
        );

    [Fact]
    public void Above_LowerClearingValue_EndsBelowItOnly() =>
        Play(
            Above(60, threshold => threshold.ClearingValue = 50),
            until: 20,
            [(1, 65), (3, 55), (5, 50), (7, 62), (9, 49), (11, 55)],
            new RaisedWarning("C", Day(1), Day(9), 65, Day(1))
        );

    [Fact]
    public void Above_ForADuration_StartsWhenItHasHeld() =>
        Play(
            Above(60, threshold => threshold.For = Days(4)),
            until: 30,
            // Held from 1 to 4 only; then from 6, over the news of 8, to 13: raised on 10, at the score that held then.
            [(1, 65), (4, 50), (6, 70), (8, 75), (13, 40)],
            new RaisedWarning("C", Day(10), Day(13), 75, Day(10))
        );

    [Fact]
    public void Above_WaitEndsAsAPointComes_IsOverBeforeIt()
    {
        var rule = Above(60, threshold => threshold.For = Days(4));

        Play(rule, until: 30, [(1, 65), (5, 50)], new RaisedWarning("C", Day(5), Day(5), 65, Day(5)));
        Play(rule, until: 30, [(1, 65), (5, 70), (6, 10)], new RaisedWarning("C", Day(5), Day(6), 70, Day(5)));
    }

    [Fact]
    public void Above_WaitGoesBeyondTheEnd_RaisesNothing()
    {
        var rule = Above(60, threshold => threshold.For = Days(4));

        Play(rule, until: 4, [(1, 65)]);
        Play(rule, until: 5, [(1, 65)], new RaisedWarning("C", Day(5), null, 65, Day(5)));
    }

    [Fact]
    public void Above_ScoreIsGone_NeitherEndsNorStarts() =>
        Play(
            Above(60, threshold => threshold.For = Days(2)),
            until: 30,
            // The wait that began on 1 goes on while nothing is known, and is over by 5, when there is a score again.
            [(1, 65), (2, double.NaN), (5, 70), (7, double.NaN), (9, 59)],
            new RaisedWarning("C", Day(5), Day(9), 70, Day(5))
        );

    [Fact]
    public void Above_PointsAfterTheEnd_AreNotSeen() =>
        Play(Above(60), until: 4, [(1, 10), (3, 61), (5, 99), (6, 0)], new RaisedWarning("C", Day(3), null, 61, Day(3)));

    [Fact]
    public void Below_PassedAndPassedBack_PeaksAtTheLowest() =>
        Play(
            Above(40, threshold => (threshold.Condition, threshold.ClearingValue) = (V1.Condition.Below, 45)),
            until: 20,
            [(1, 50), (2, 40), (3, 30), (4, 44), (5, 45), (6, 46)],
            new RaisedWarning("C", Day(2), Day(6), 30, Day(3))
        );

    [Fact]
    public void Rise_WithinTheWindow_CountsAScoreAsLongAsItHeld() =>
        Play(
            Rise(10, 5),
            until: 40,
            // 20 held from 1 until 10, so 30 on 10 is a rise. On 14 it still is one; on 16 the 20 is six days gone.
            [(1, 20), (10, 30), (14, 31), (16, 32)],
            new RaisedWarning("C", Day(10), Day(16), 31, Day(14))
        );

    [Fact]
    public void Rise_InSteps_CountsFromTheLowest() =>
        Play(
            Rise(10, 5),
            until: 40,
            [(1, 25), (2, 20), (3, 24), (4, 29), (6, 30), (20, 30)],
            new RaisedWarning("C", Day(6), Day(20), 30, Day(6))
        );

    [Fact]
    public void Rise_TooSlow_RaisesNothing() => Play(Rise(10, 5), until: 40, [(1, 20), (4, 24), (8, 28), (12, 32), (16, 36)]);

    [Fact]
    public void Above_ValueGoesStaleWhileItFires_DoesNotEndIt()
    {
        // On 3 the other indicator is gone, and what is left says 50: silence ends nothing. On 5 it is back, and low.
        (int Day, double? One, double? Other)[] points = [(1, 80, 90), (3, 50, null), (5, 50, 20)];

        Assert.Equal([new("C", Day(1), Day(5), 85, Day(1))], Play(Above(60), 20, points, s_framework));
    }

    [Fact]
    public void Above_ValueWentStaleBeforeItFired_IsNotHeld()
    {
        (int Day, double? One, double? Other)[] points = [(1, 50, 50), (2, 90, null), (3, 10, null)];

        Assert.Equal(Day(3), Assert.Single(Play(Above(60), 20, points, s_framework)).End);
    }

    [Fact]
    public void Level_EntersAndLeavesIt_StandsBetween()
    {
        var framework = CompiledFramework.Compile((CompositeFramework)s_framework.Model with { Bands = [new("low", 0), new("high", 60)] });
        var level = Above(0, threshold => (threshold.Condition, threshold.Level) = (V1.Condition.Level, "high"));

        Assert.Equal(
            [new("C", Day(2), Day(4), 70, Day(2))],
            Play(level, 20, [(1, 50, 50), (2, 70, 70), (3, 65, 65), (4, 59, 59)], framework)
        );
    }

    private static Leaf Leaf(string code) => new() { Code = code, Normalisation = new Goalposts(0, 100) };

    private static V1.Threshold Above(double value, Action<V1.Threshold>? change = null)
    {
        var threshold = new V1.Threshold { Condition = V1.Condition.Above, Value = value };
        change?.Invoke(threshold);
        return threshold;
    }

    private static V1.Threshold Rise(double value, int days) =>
        Above(value, threshold => (threshold.Condition, threshold.Window) = (V1.Condition.Rise, Days(days)));

    private static Duration Days(int days) => Duration.FromTimeSpan(TimeSpan.FromDays(days));

    private static void Play(V1.Threshold threshold, int until, (int Day, double Score)[] points, params RaisedWarning[] expected) =>
        Assert.Equal(
            expected,
            Play(threshold, until, [.. points.Select(point => (point.Day, Of(point.Score), Of(point.Score)))], s_framework)
        );

    private static double? Of(double score) => double.IsNaN(score) ? null : score;

    private static ImmutableArray<RaisedWarning> Play(
        V1.Threshold threshold,
        int until,
        (int Day, double? One, double? Other)[] points,
        CompiledFramework framework
    )
    {
        var states = points.Select(point => State(framework, point.One, point.Other)).ToArray();
        DateTimeOffset[] times = [.. points.Select(point => Day(point.Day))];
        var history = new ScoreHistory("C", [.. states.Select((state, i) => new ScorePoint(times[i], state.Score ?? double.NaN))]);
        var watch = new ReplayedThreshold(threshold, new(states[0].Framework.Root, -1), times, states);
        return WatchReplay.Play(history, watch, Day(until));
    }

    private static ScoreState State(CompiledFramework framework, double? one, double? other)
    {
        var state = new ScoreState(framework, new ReferenceUnit("C"));
        foreach (var (leaf, value) in new[] { one, other }.Index())
        {
            if (value is { } known)
            {
                state.Set(leaf, known, 0);
            }
        }

        state.Update();
        return state;
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}
