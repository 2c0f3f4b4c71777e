using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Risk.Thresholds;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>The words of what ends a warning, whole, as somebody reads them at three in the morning.</summary>
public sealed class BreachEndWordsTests
{
    private static readonly Dictionary<string, Retirement> s_nothingRetired = [];

    [Fact]
    public void Resolved_BelowItsLine_TellsOfTheResolutionAlone()
    {
        var breach = BreachSamples.Breach(63.12);
        breach.Threshold.ClearingValue = 50;
        breach.Movements.Add(BreachSamples.Moved("Doctrine that denies humanity", 1, 4, 12.4));

        Assert.Equal(
            "Xabria: Signs specific to genocide: 48 of 100, after 63 when it fired. “Signs specific to genocide are strong” no longer "
                + "holds: it clears under 50. A risk score, not an all-clear.",
            BreachWords.Resolved(breach, BreachSamples.Genocide, 48.2)
        );
    }

    [Fact]
    public void Late_SaysFromWhenToWhenItWasPastTheLineAndThatItCameLate()
    {
        var ended = BreachSamples.Breach(63.12);
        ended.FireSentence = "Xabria: Signs specific to genocide: 63 of 100 (threshold 60). A risk score, not a finding.";
        ended.FireTime = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero).ToTimestamp();
        ended.EndTime = new DateTimeOffset(2026, 3, 4, 9, 30, 0, TimeSpan.Zero).ToTimestamp();

        Assert.Equal(
            "Xabria: “Signs specific to genocide are strong” was past the line from 1 March 2026 08:00 UTC to 4 March 2026 09:30 UTC, "
                + "received late. It is past it no longer. "
                + "What it was then: Signs specific to genocide: 63 of 100 (threshold 60). A risk score, not a finding.",
            BreachWords.Late(ended)
        );
    }

    [Fact]
    public void Superseded_IsNoResolution() =>
        Assert.Equal(
            "Xabria: “Signs specific to genocide are strong” is watched no longer as it was, because the threshold was changed or "
                + "disabled. The danger did not pass by that: Signs specific to genocide: 66 of 100, after 63 when it fired.",
            BreachWords.Superseded(BreachSamples.Breach(63.12), BreachSamples.Genocide, 66, s_nothingRetired)
        );

    [Fact]
    public void Superseded_WithoutAScoreNow_SaysThat() =>
        Assert.Contains(
            "Signs specific to genocide: no value, after 63",
            BreachWords.Superseded(BreachSamples.Breach(63.12), BreachSamples.Genocide, null, s_nothingRetired),
            StringComparison.Ordinal
        );
}
