using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Thresholds;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Thresholds;

public sealed class ThresholdTests : PageContext
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
    public void Matches_AreTheSuitesOwnReading_WithWhatCannotBeTold()
    {
        PreviewThresholdResponse answer = new()
        {
            Countries =
            {
                Preview("AAA", ConditionPreview.Types.Reading.Met, 71),
                Preview("BBB", ConditionPreview.Types.Reading.Met, 90),
                Preview("CCC", ConditionPreview.Types.Reading.NotMet, 30),
                Preview("DDD", ConditionPreview.Types.Reading.Unknown, null),
            },
        };
        answer.Countries[0].Lowest = 20;
        FixedAnswers suite = new(answer);
        Services.AddSingleton(new SuiteClient(suite));
        var rise = Above();
        (rise.Framework, rise.Target, rise.Condition, rise.For) = ("frameworks/f", "one.attacks", Condition.Rise, Span(36));

        var list = Show<MatchList>(Known.Sight(Known.State()), ("Threshold", rise));

        Assert.Equal(rise, ((PreviewThresholdRequest)Assert.Single(suite.Asked)).Threshold);
        Assert.Contains("2 of 3 countries", list.Markup, StringComparison.Ordinal);
        Assert.Contains("1 further country has too little data to tell", list.Markup, StringComparison.Ordinal);
        Assert.Contains("also takes the wait", list.Markup, StringComparison.Ordinal);
        Assert.Equal(["BBB", "AAA"], list.FindAll(".met .iso").Select(one => one.TextContent));
        Assert.Contains("20 → 71", list.Find(".met li:last-child").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Matches_WithoutAnAnswer_SayWhy_AndNothingOfCountries()
    {
        var list = Show<MatchList>(Known.Sight(Known.State()), ("Threshold", Above()));

        Assert.Contains("The suite is away.", list.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(list.FindAll(".match"));
    }

    private static ConditionPreview Preview(string country, ConditionPreview.Types.Reading reading, double? value)
    {
        ConditionPreview preview = new() { Country = country, Reading = reading };
        if (value is { } known)
        {
            preview.Value = known;
        }

        return preview;
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
