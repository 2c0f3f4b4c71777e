using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Risk.Thresholds;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>The words of warnings, whole, as somebody reads them at three in the morning.</summary>
public sealed class BreachWordsTests
{
    private static readonly Quantity s_onset = new("Risk of an onset within a year", Scale.Probability);
    private static readonly Quantity s_killed = new("Civilians killed on purpose", Scale.Indicator, "persons");

    [Fact]
    public void Fired_PastAValue_NamesTheFigureTheLineWhatMovedItAndHowSureItIs()
    {
        var breach = BreachSamples.Breach(63.12);
        breach.Movements.Add(BreachSamples.Moved("Doctrine that denies humanity", 1, 4, 12.4));
        breach.Movements.Add(BreachSamples.Moved("Killing by membership", 0, 1, 0.42));
        breach.Movements.Add(
            new V1.Movement
            {
                DisplayName = "Denial of past persecution",
                ValueAfter = 3,
                Amount = 4.9,
            }
        );
        breach.Movements.Add(BreachSamples.Moved("Violence between groups", 2, 3, 0.1));
        breach.Interval = new()
        {
            Lower = 54.6,
            Upper = 71.2,
            Probability = 0.9,
        };

        Assert.Equal(
            "Xabria: Signs specific to genocide: 63 of 100, after 41 before (threshold 60). A risk score, not a finding. What moved it "
                + "most: Doctrine that denies humanity from 1 to 4 (+12); Killing by membership from 0 to 1 (+0.4); Denial of past "
                + "persecution 3, not known before (+5). Range of this figure: 55 to 71 of 100 (90 %). 81 % of its weight has valid data.",
            BreachWords.Fired(breach, BreachSamples.Genocide, 41.3)
        );
    }

    [Fact]
    public void Fired_OfAMovementWithoutAShare_SaysNoneOfIt()
    {
        var breach = BreachSamples.Breach(63);
        breach.Movements.Add(new V1.Movement { DisplayName = "Killing by membership", ValueAfter = 4 });

        Assert.Contains(
            "Killing by membership 4, not known before.",
            BreachWords.Fired(breach, BreachSamples.Genocide, null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fired_OnOneObservationWhoseErrorNobodyStated_SaysBoth()
    {
        var breach = BreachSamples.Breach(63);
        (breach.Observations, breach.Sources, breach.UnknownErrorShare) = (1, 1, 1);

        Assert.EndsWith(
            "No range: how far off its values may be is not stated. It rests on one observation. 81 % of its weight has valid data.",
            BreachWords.Fired(breach, BreachSamples.Genocide, 41),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fired_ByALevelThatNodesReach_SaysThatItMayBeHigher()
    {
        var breach = BreachSamples.Breach(85);
        (breach.Threshold.Condition, breach.Threshold.Level, breach.Level, breach.LevelAtLeast) = (
            V1.Condition.Level,
            "severe",
            "",
            "severe"
        );

        Assert.Contains(
            "85 of 100, level severe or higher",
            BreachWords.Fired(breach, BreachSamples.Genocide, null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fired_InAnExercise_SaysSoFirst()
    {
        var breach = BreachSamples.Breach(63.12);
        breach.Exercise = true;

        Assert.StartsWith("EXERCISE. Xabria: ", BreachWords.Fired(breach, BreachSamples.Genocide, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Fired_OfANodeThatHadNoScore_NamesWhatItComesFrom()
    {
        var breach = BreachSamples.Breach(63.12);
        breach.Movements.Add(
            new V1.Movement
            {
                DisplayName = "Killing by membership",
                ValueAfter = 4,
                Amount = 63.12,
            }
        );

        Assert.Equal(
            "Xabria: Signs specific to genocide: 63 of 100 (threshold 60). A risk score, not a finding. It had no score before; what it "
                + "comes from: Killing by membership 4, not known before (+63). "
                + "81 % of its weight has valid data.",
            BreachWords.Fired(breach, BreachSamples.Genocide, null)
        );
    }

    [Fact]
    public void Fired_OfAnEndOfValidity_SaysWhichValueEnded()
    {
        var breach = BreachSamples.Breach(63);
        breach.Movements.Add(
            new V1.Movement
            {
                DisplayName = "Presence of outside observers",
                ValueBefore = 4,
                Amount = 6,
            }
        );

        Assert.Contains(
            "Presence of outside observers no longer valid, last 4 (+6)",
            BreachWords.Fired(breach, BreachSamples.Genocide, 57),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(V1.Condition.Below, "threshold 60 or less")]
    [InlineData(V1.Condition.Rise, "a rise of 60 or more within 30 days")]
    [InlineData(V1.Condition.Level, "the threshold asks for severe or higher")]
    public void Fired_OfAnotherCondition_SaysWhatTheThresholdAsksFor(V1.Condition condition, string expected)
    {
        var breach = BreachSamples.Breach(40);
        breach.Threshold.Condition = condition;
        breach.Threshold.Window = Duration.FromTimeSpan(TimeSpan.FromDays(30));
        breach.Threshold.Level = "severe";

        Assert.Contains($"({expected})", BreachWords.Fired(breach, BreachSamples.Genocide, 30), StringComparison.Ordinal);
    }

    [Fact]
    public void Fired_AfterAWait_SaysHowLongItHeld()
    {
        var breach = BreachSamples.Breach(63);
        breach.Threshold.For = Duration.FromTimeSpan(TimeSpan.FromDays(3));

        Assert.Contains(
            "(threshold 60, for at least 3 days)",
            BreachWords.Fired(breach, BreachSamples.Genocide, 63),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fired_ByAModel_IsAnEstimateInPerCent()
    {
        var breach = BreachSamples.Breach(0.0642);
        breach.Threshold.Value = 0.05;
        breach.Movements.Add(BreachSamples.Moved("Coups in five years", 0, 1, 0.0213));

        Assert.StartsWith(
            "Xabria: Risk of an onset within a year: 6.4 %, after 4.3 before (threshold 5 %). A model's estimate, not a finding. What "
                + "moved it most: Coups in five years from 0 to 1 (+2).",
            BreachWords.Fired(breach, s_onset, 0.043),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fired_OfAnIndicator_IsWhatWasReported()
    {
        var breach = BreachSamples.Breach(1200);
        breach.Threshold.Value = 1000;
        breach.Movements.Add(BreachSamples.Moved("Civilians killed on purpose", 300, 1200, 900));

        Assert.Equal(
            "Xabria: Civilians killed on purpose: 1200 persons, after 300 before (threshold 1000). What moved it most: Civilians killed "
                + "on purpose from 300 to 1200.",
            BreachWords.Fired(breach, s_killed, 300)
        );
    }

    [Theory]
    [InlineData(59.7, 60.0, "59.7 of 100")]
    [InlineData(60.2, 60.0, "60.2 of 100")]
    [InlineData(60.0, 60.0, "60 of 100")]
    [InlineData(63.7, 60.0, "64 of 100")]
    public void Beside_AFigureNearTheLine_ShowsOnWhichSideItIs(double value, double line, string expected) =>
        Assert.Equal(expected, BreachSamples.Genocide.Beside(value, line));
}
