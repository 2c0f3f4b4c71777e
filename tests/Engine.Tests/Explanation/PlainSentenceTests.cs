using EarlyWarning.Scoring.Engine.Explanation;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Engine.Tests.Explanation;

public class PlainSentenceTests
{
    private static readonly ScoreFacts _facts = new()
    {
        Subject = "Kenya",
        Framework = "Atrocity risk",
        Score = 62.53,
        Level = "high",
        Interval = new NodeRange(58.14, 66.86, 0.9),
        LevelProbability = 0.73,
        Baseline = "every indicator at its least risk",
        Contributions =
        [
            new("Coups", 5),
            new("Conflict", 21.34),
            new("Courts", -4.1),
            new("Hate speech", 9.8),
            new("Hunger", 0.4),
            new("Trust", 0),
        ],
        Coverage = 0.824,
        Missing = ["Debt", "Trade", "Mines", "Floods", "Heat"],
        Nearest = new NamedMove("Conflict", 8.25, 6.4213, "events", "elevated"),
    };

    [Fact]
    public void Of_EverythingKnown_SaysItAll() =>
        Assert.Equal(
            "Kenya: 63 of 100 (level high) under Atrocity risk; the true score lies from 58 to 67 with a probability of 90 %; the level "
                + "is at least that with a probability of 73 %. A risk score, not a finding. Measured from every indicator at its least "
                + "risk, it is raised most by Conflict (+21.3), Hate speech (+9.8) and Coups (+5) and lowered most by Courts (−4.1). "
                + "82.4 % of the weight has valid data; 5 indicators have no valid data: Debt, Trade, Mines and 2 more. The nearest "
                + "single change to level elevated is Conflict from 8.25 to about 6.421 events.",
            PlainSentence.Of(_facts)
        );

    [Fact]
    public void Of_TheLeastKnown_SaysThat() =>
        Assert.Equal(
            "Kenya: 63 of 100 under Atrocity risk. A risk score, not a finding. 82.4 % of the weight has valid data.",
            PlainSentence.Of(
                new ScoreFacts
                {
                    Subject = "Kenya",
                    Framework = "Atrocity risk",
                    Score = 62.53,
                    Coverage = 0.824,
                }
            )
        );

    [Fact]
    public void Of_NoScore_SaysThatItIsNoSignOfSafety() =>
        Assert.Equal(
            "Kenya has no score under Atrocity risk: 20 % of the weight has valid data; 1 indicator has no valid data: Debt. That is no "
                + "sign of a low risk.",
            PlainSentence.Of(_facts with { Score = null, Coverage = 0.2, Missing = ["Debt"] })
        );

    [Fact]
    public void Of_Probability_IsInPercentAndItsPartsInPoints() =>
        Assert.Equal(
            "Mali: 3.4 % (level high) under Onset model. A risk score, not a finding. It is lowered most by Trade (−0.25 points) and "
                + "Courts (−0.1 points). 100 % of the weight has valid data.",
            PlainSentence.Of(
                new ScoreFacts
                {
                    Subject = "Mali",
                    Framework = "Onset model",
                    Score = 0.0341,
                    IsProbability = true,
                    Level = "high",
                    Coverage = 1,
                    Contributions = [new("Courts", -0.001), new("Trade", -0.0025)],
                }
            )
        );

    [Fact]
    public void Of_LevelByANodeAndANarrowRange_NamesTheNodeAndShowsNoRangeOfNothing() =>
        Assert.StartsWith(
            "Kenya: 63 of 100 (level high, by Signs of intent) under Atrocity risk; the true score lies within half a point of 63 with a "
                + "probability of 90 %",
            PlainSentence.Of(_facts with { DecidingNode = "Signs of intent", Interval = new NodeRange(62.6, 63.3, 0.9) }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_ExactScore_HasNoInterval() =>
        Assert.DoesNotContain(
            "the true score",
            PlainSentence.Of(_facts with { Interval = new NodeRange(62, 62, 0.9) }),
            StringComparison.Ordinal
        );
}
