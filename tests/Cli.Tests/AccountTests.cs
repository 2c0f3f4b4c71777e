using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests;

/// <summary>The commands that show one thing or a list, for people and as proto JSON.</summary>
public partial class AccountTests
{
    private static readonly Timestamp s_time = Timestamp.FromDateTime(new DateTime(2026, 3, 1, 8, 30, 0, DateTimeKind.Utc));

    private static readonly Movement s_movement = new()
    {
        Indicator = "displacement",
        DisplayName = "Displacement",
        Amount = 4.5,
        ValueAfter = 12,
        ObservationIds = { "obs-1" },
    };

    private static readonly CountryRisk s_risk = new()
    {
        Name = "frameworks/un/risks/XAA",
        Country = "XAA",
        CountryName = "Xanadu",
        Framework = "frameworks/un/versions/1",
        State = DataState.Sufficient,
        Score = 63.2,
        Level = "high",
        DecidingNodeName = "Signs of intent",
        Coverage = 0.75,
        Interval = new()
        {
            Lower = 58,
            Upper = 68,
            Probability = 0.9,
        },
        At = s_time,
        ChangeTime = s_time,
        Exercise = true,
        Nodes =
        {
            new NodeScore
            {
                Code = "root",
                DisplayName = "Index",
                Score = 63.2,
                Coverage = 0.75,
            },
            new NodeScore
            {
                Code = "f1",
                DisplayName = "Armed conflict",
                Depth = 1,
                Coverage = 0,
            },
        },
    };

    private static readonly Breach s_breach = new()
    {
        Name = "breaches/XAA-1f",
        Country = "XAA",
        CountryName = "Xanadu",
        State = Breach.Types.State.Firing,
        FireTime = s_time,
        Score = 63.2,
        Level = "high",
        Threshold = new()
        {
            Name = "thresholds/high",
            DisplayName = "High risk",
            Severity = Severity.Warning,
        },
        Sentence = "The score rose above 60.",
        Movements = { s_movement },
    };

    private static readonly Case s_case = new()
    {
        Name = "cases/c1",
        Country = "XAA",
        CountryName = "Xanadu",
        State = Case.Types.State.AwaitingAcknowledgement,
        Severity = Severity.Warning,
        Due = "an answer of step 1",
        DueTime = s_time,
        Causes =
        {
            new Cause
            {
                Id = "un/index",
                Sentence = "The score rose above 60.",
                Climb = 1,
            },
        },
        Climbs =
        {
            new Climb
            {
                Number = 1,
                Causes = { "un/index" },
                CurrentStep = 1,
                Steps =
                {
                    new Step
                    {
                        Number = 1,
                        DisplayName = "National focal point",
                        ReachTime = s_time,
                        AskTime = s_time,
                    },
                },
                StateDecision = new()
                {
                    Decision = Decision.PreventiveAction,
                    Time = s_time,
                    Text = "The ministry decided: preventive action.",
                },
            },
        },
        Entries =
        {
            new CaseEntry
            {
                Time = s_time,
                Kind = CaseEntry.Types.Kind.Opened,
                Actor = "suite",
                Text = "Opened by breaches/XAA-1f.",
            },
        },
    };

    private static readonly Notification s_notification = new()
    {
        Name = "notifications/n1",
        RecipientName = "Focal point",
        Subject = "EXERCISE High risk in Xanadu",
        State = Notification.Types.State.Delivered,
        Tlp = "TLP:AMBER",
        Reason = "step 1",
        CreateTime = s_time,
        Recipient = "recipients/focal",
        Deliveries =
        {
            new Delivery
            {
                ChannelId = "hook",
                State = Delivery.Types.State.Waiting,
                Detail = "HTTP 503",
            },
        },
    };

    [Theory]
    [InlineData(
        "EXERCISE Xanadu (XAA) under frameworks/un/versions/1|level high, by Signs of intent; score 63.2, range 58–68 (90 %)|Armed "
            + "conflict",
        "show",
        "xaa",
        "--framework",
        "un"
    )]
    [InlineData(
        "The score is high because of displacement.|+7.25|Displacement|field-office|+4.5|obs-1",
        "explain",
        "XAA",
        "--framework",
        "un",
        "--since",
        "30d"
    )]
    [InlineData("2026-03-01 08:30Z|61", "history", "XAA", "--framework", "un")]
    [InlineData("firing|warning|XAA Xanadu|High risk|XAA-1f", "breaches", "--firing")]
    [InlineData("The score rose above 60.|Displacement|obs-1", "breach", "XAA-1f")]
    [InlineData("an answer of step 1|awaiting acknowledgement|c1", "cases", "--open")]
    [InlineData("National focal point|Opened by breaches/XAA-1f.|suite|The ministry decided: preventive action.", "case", "c1")]
    [InlineData("TLP:AMBER|EXERCISE High risk in Xanadu|n1", "inbox", "focal")]
    [InlineData("delivered|focal|hook: HTTP 503|n1", "notifications", "--state", "delivered")]
    [InlineData("notifications/n1 is sent anew to recipients/focal.", "redeliver", "n1")]
    [InlineData("sent anew: 1,234", "redeliver", "--recipient", "focal", "--channel", "hook")]
    [InlineData("First it was observed.|obs-1|XAA-1f|Focal point|awaiting acknowledgement", "trace", "obs-1")]
    [InlineData("XAA|901|Country XAA", "countries")]
    [InlineData("1.2.3|risk, indicators|4 items a batch", "info")]
    [InlineData("frameworks/un/versions/1|composite index|low, high", "frameworks")]
    [InlineData("high|above 60, clears at 55|30 d|all", "thresholds")]
    [InlineData("high|above 60, clears at 55", "thresholds", "get", "high")]
    public async Task Command_OnASuiteWithAll_SaysWhatMattersAndParsesAsJson(string expected, params string[] args)
    {
        await using var suite = await SuiteAsync();

        var text = await suite.EwAsync(args);
        var json = await suite.EwAsync([.. args, "--json"]);

        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.All(expected.Split('|'), part => Assert.Contains(part, text.Out, StringComparison.Ordinal));
        Assert.Equal((0, ""), (json.Code, json.Error));
        Assert.NotEmpty(json.Lines);
        Assert.All(json.Lines, line =>
            Assert.Equal(System.Text.Json.JsonValueKind.Object, System.Text.Json.JsonDocument.Parse(line).RootElement.ValueKind)
        );
    }
}
