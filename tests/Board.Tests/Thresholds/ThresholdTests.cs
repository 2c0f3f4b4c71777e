using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Thresholds;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Thresholds;

public sealed class ThresholdTests
{
    [Fact]
    public void Condition_OfEachKind_IsSaidInOneSentence()
    {
        Assert.Equal("Fires where the score of F is 70 or more, until it is below 60.", Say(Above()));
        Assert.Equal(
            "Fires where risk.node of F rises by 5 or more within 30 days, once that has held for 12 hours.",
            Say(
                new()
                {
                    Condition = Condition.Rise,
                    Target = "risk.node",
                    Value = 5,
                    Window = Span(30 * 24),
                    For = Span(12),
                }
            )
        );
        Assert.Equal(
            "Fires where a country's level under F is severe or higher, with 50\u202f% of the data or more.",
            Say(
                new()
                {
                    Condition = Condition.Level,
                    Level = "severe",
                    MinimumCoverage = 0.5,
                }
            )
        );
        Assert.Equal(
            "Fires where the score is 70 or more, until it is below 60.",
            ConditionWords.Of(Above(), Known.Framework, brief: true)
        );
        Assert.Equal("all countries", ConditionWords.Where(Above()));
    }

    [Fact]
    public void Draft_OfAThreshold_ReadsAsTheSameThreshold()
    {
        Dictionary<string, string> faults = [];
        var before = Above();
        (before.MinimumProbability, before.MinimumSources, before.For) = (0.8, 2, Span(36));
        before.Countries.Add(["KEN", "UGA"]);

        Assert.Equal(before, ThresholdDraft.Of(before).Read(before.Etag, faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void Draft_OfAnotherCondition_LeavesOutWhatThatDoesNotTake()
    {
        var draft = ThresholdDraft.Of(Above());
        (draft.Condition, draft.Level) = (Condition.Level, "high");

        var read = draft.Read("", []);

        Assert.Equal((false, false, "high"), (read.HasValue, read.HasClearingValue, read.Level));
    }

    [Fact]
    public void Draft_WithWhatIsNoNumberAndNoSpan_NamesEachField()
    {
        Dictionary<string, string> faults = [];
        var draft = ThresholdDraft.Of(Above());
        (draft.Value, draft.For) = ("seventy", "a while");

        draft.Read("", faults);

        Assert.Equal(["for", "value"], faults.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("seventy", faults["value"], StringComparison.Ordinal);
    }

    [Fact]
    public void Change_OnRecord_TellsWhoWhatAndWhy_AndOneThatWasCutShortStillWho()
    {
        var whole = ThresholdChange.Of(Entry("UpdateThreshold", new UpdateThresholdRequest { Threshold = Above(), Note = "Too many." }));
        Assert.Equal(("changed", "Too many.", 70.0), (whole.Kind, whole.Note, whole.Threshold!.Value));

        var retired = ThresholdChange.Of(Entry("RetireThreshold", new RetireThresholdRequest { Note = "Replaced." }));
        Assert.Equal(("retired", "Replaced.", null), (retired.Kind, retired.Note, retired.Threshold));

        var entry = Entry("CreateThreshold", new CreateThresholdRequest());
        entry.Request = """{ "threshold": { "name": "thre… (9000, sha256 0)""";
        Assert.Equal(
            ("created", null, ""),
            (ThresholdChange.Of(entry).Kind, ThresholdChange.Of(entry).Threshold, ThresholdChange.Of(entry).Note)
        );
    }

    [Fact]
    public void Matches_ByPresentScores_CountWhoMeetsIt_AndWhoHasTooLittleData()
    {
        CountryRisk[] risks =
        [
            Known.Risk("AAA", 71, order: 1),
            Known.Risk("BBB", 90, order: 2),
            Known.Risk("CCC", 30),
            Known.Risk("DDD", null),
        ];

        var above = PresentMatches.Of(Above(), Known.Framework, risks);
        Assert.Equal((true, 3, 1), (above.Known, above.Looked, above.Without));
        Assert.Equal(["BBB", "AAA"], above.Met.Select(one => one.Country));

        var level = PresentMatches.Of(new() { Condition = Condition.Level, Level = "severe" }, Known.Framework, risks);
        Assert.Equal(["BBB"], level.Met.Select(one => one.Country));

        var few = Above();
        (few.MinimumCoverage, few.Condition) = (0.9, Condition.Above);
        Assert.Empty(PresentMatches.Of(few, Known.Framework, risks).Met);
    }

    [Fact]
    public void Matches_OfARiseOrAnIndicator_AreNotKnown()
    {
        var rise = Above();
        rise.Condition = Condition.Rise;
        var indicator = Above();
        indicator.Target = "one.attacks";

        Assert.False(PresentMatches.Of(rise, Known.Framework, []).Known);
        Assert.False(PresentMatches.Of(indicator, Known.Framework, []).Known);
    }

    [Fact]
    public void Differences_OfTwoVersions_AreThoseThatPeopleSet()
    {
        var (one, other) = (Above(), Above());
        (other.Value, other.Etag, other.Severity) = (80, "f", Severity.Emergency);
        other.ClearClearingValue();

        Assert.Equal(
            [("value", "70", "80"), ("clearing_value", "60", ""), ("severity", "Warning", "Emergency")],
            ThresholdDifferences.Of(one, other)
        );
    }

    private static string Say(Threshold threshold)
    {
        threshold.Framework = "frameworks/f";
        return ConditionWords.Of(threshold, Known.Framework);
    }

    private static Threshold Above() =>
        new()
        {
            Name = "thresholds/one",
            DisplayName = "One",
            Framework = "frameworks/f",
            Condition = Condition.Above,
            Severity = Severity.Warning,
            Value = 70,
            ClearingValue = 60,
            Etag = "e",
        };

    private static Duration Span(int hours) => new() { Seconds = hours * 3600L };

    private static AuditEntry Entry(string method, IMessage request) =>
        new() { Method = $"/earlywarning.v1.ThresholdService/{method}", Request = JsonFormatter.Default.Format(request) };
}
