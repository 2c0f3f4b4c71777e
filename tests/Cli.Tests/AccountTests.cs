using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests;

/// <summary>The commands that show one thing or a list, for people and as proto JSON.</summary>
public class AccountTests
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

    [Fact]
    public async Task List_OfSomeCountries_AsksForThose()
    {
        await using var suite = await SuiteAsync();
        foreach (var command in new[] { "cases", "breaches", "notifications", "trace c1", "countries" })
        {
            Assert.Equal(0, (await suite.EwAsync([.. command.Split(' '), "--country", "XAA", "--country", "XAB"])).Code);
        }

        string[] asked = ["XAA", "XAB"];
        Assert.Equal(asked, suite.Answers.Requests<ListCasesRequest>()[0].Countries);
        Assert.Equal(asked, suite.Answers.Requests<ListBreachesRequest>()[0].Countries);
        Assert.Equal(asked, suite.Answers.Requests<ListNotificationsRequest>()[0].Countries);
        Assert.Equal(asked, suite.Answers.Requests<TraceRequest>()[0].Countries);
        Assert.Equal(asked, suite.Answers.Requests<ListCountriesRequest>()[0].Countries);
    }

    [Fact]
    public async Task Inbox_MarkRead_MarksWhatIsUnread()
    {
        await using var suite = await SuiteAsync();

        await suite.EwAsync("inbox", "recipients/focal", "--mark-read");

        Assert.Equal("notifications/n1", Assert.Single(suite.Answers.Requests<ReadNotificationRequest>()).Name);
        Assert.Equal("recipients/focal", suite.Answers.Requests<ListNotificationsRequest>()[0].Recipient);
    }

    [Fact]
    public async Task Answer_ToACase_CarriesWhatWasSaid()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<AcknowledgeCaseRequest>(_ => new AcknowledgeCaseResponse { Case = s_case });
        suite.Answers.On<DecideCaseRequest>(_ => new DecideCaseResponse { Case = s_case });
        suite.Answers.On<StandDownCaseRequest>(_ => new StandDownCaseResponse { Case = s_case });

        var acknowledged = await suite.EwAsync(
            "acknowledge",
            "c1",
            "--as",
            "recipients/focal",
            "--note",
            "on it",
            "--cause",
            "un/index",
            "--cause",
            "un/camps"
        );
        var decided = await suite.EwAsync(
            "decide",
            "cases/c1",
            "--as",
            "ministry",
            "--decision",
            "remain-seized",
            "--rationale",
            "talks",
            "--seized-until",
            "2030-01-01"
        );
        suite.Answers.On<GetCaseRequest>(_ => new GetCaseResponse { Case = new(s_case) { Etag = "7" } });
        await suite.EwAsync("acknowledge", "c1", "--as", "focal", "--all");
        Assert.Equal(
            ("7", "un/index"),
            suite.Answers.Requests<AcknowledgeCaseRequest>() is [_, var all] ? (all.Etag, all.Causes.Single()) : default
        );
        Assert.Equal(2, (await suite.EwAsync("acknowledge", "c1", "--as", "focal", "--all", "--cause", "un/index")).Code);
        var stoodDown = await suite.EwAsync("stand-down", "c1", "--as", "ministry", "--reason", "withdrawn", "--although-firing");

        Assert.Equal([0, 0, 0], [acknowledged.Code, decided.Code, stoodDown.Code]);
        Assert.StartsWith("cases/c1: acknowledged", acknowledged.Out, StringComparison.Ordinal);
        Assert.Equal(
            new()
            {
                Name = "cases/c1",
                Recipient = "recipients/focal",
                Note = "on it",
                Causes = { "un/index", "un/camps" },
                RequestId = "…",
            },
            Marked(suite.Answers.Requests<AcknowledgeCaseRequest>()[0])
        );
        Assert.Equal(
            new()
            {
                Name = "cases/c1",
                Recipient = "recipients/ministry",
                Decision = Decision.RemainSeized,
                Rationale = "talks",
                SeizedUntil = Timestamp.FromDateTime(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
                RequestId = "…",
            },
            Marked(Assert.Single(suite.Answers.Requests<DecideCaseRequest>()))
        );
        Assert.Equal(
            new()
            {
                Name = "cases/c1",
                Recipient = "recipients/ministry",
                Reason = "withdrawn",
                AlthoughFiring = true,
                RequestId = "…",
            },
            Marked(Assert.Single(suite.Answers.Requests<StandDownCaseRequest>()))
        );

        // Each act has an id of its own.
        static T Marked<T>(T request)
            where T : Google.Protobuf.IMessage
        {
            var id = request.Descriptor.FindFieldByName("request_id");
            Assert.True(Guid.TryParse((string)id.Accessor.GetValue(request), out _));
            id.Accessor.SetValue(request, "…");
            return request;
        }
    }

    [Fact]
    public async Task Decide_WithAnUnknownDecision_NamesThoseThereAre()
    {
        var run = await Run.EwAsync("decide", "c1", "--as", "x", "--decision", "perhaps", "--rationale", "r");

        Assert.Equal(2, run.Code);
        Assert.Contains("refer-to-security-council", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observe_WithFlags_SendsTheObservation()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<RecordObservationRequest>(request => new RecordObservationResponse
        {
            ObservationId = "abc",
            Outcome = Outcome.Recorded,
            Revision = 7,
        });

        var run = await suite.EwAsync(
            "observe",
            "--country",
            "xaa",
            "--indicator",
            "displacement",
            "--value",
            "-12.5",
            "--source",
            "field",
            "--observed-at",
            "2026-03-01T08:30:00Z",
            "--horizon",
            "90d",
            "--confidence",
            "0.8",
            "--backfill"
        );

        Assert.Equal("recorded as abc, revision 7\n", run.Out);
        var request = Assert.Single(suite.Answers.Requests<RecordObservationRequest>());
        Assert.True(request.Backfill);
        Assert.Equal(
            new Observation
            {
                Country = "XAA",
                Indicator = "displacement",
                Value = -12.5,
                Source = "field",
                ObservedAt = s_time,
                Confidence = 0.8,
                Horizon = Duration.FromTimeSpan(TimeSpan.FromDays(90)),
            },
            request.Observation
        );
    }

    private static async Task<FakeSuite> SuiteAsync()
    {
        var suite = await FakeSuite.StartAsync();
        var answers = suite.Answers;
        answers.On<GetCountryRiskRequest>(request => new GetCountryRiskResponse { Risk = request.Name == s_risk.Name ? s_risk : null });
        answers.On<ExplainCountryRiskRequest>(request => new ExplainCountryRiskResponse
        {
            Risk = s_risk,
            Sentence = "The score is high because of displacement.",
            Contributions =
            {
                new Contribution
                {
                    Indicator = "displacement",
                    DisplayName = "Displacement",
                    Amount = 7.25,
                    Value = 12,
                    Source = "field-office",
                    ObservedAt = s_time,
                },
            },
            Movements = { request.Since is null ? [] : [s_movement] },
        });
        answers.On<ListRiskHistoryRequest>(_ => new ListRiskHistoryResponse
        {
            Changes =
            {
                new RiskChange
                {
                    Time = s_time,
                    Score = 61,
                    Level = "high",
                },
            },
        });
        answers.On<ListBreachesRequest>(request => new ListBreachesResponse
        {
            Breaches = { request.State == Breach.Types.State.Firing ? [s_breach] : [] },
        });
        answers.On<GetBreachRequest>(_ => new GetBreachResponse { Breach = s_breach });
        answers.On<ListCasesRequest>(request => new ListCasesResponse { Cases = { request.OpenOnly ? [s_case] : [] } });
        answers.On<GetCaseRequest>(_ => new GetCaseResponse { Case = s_case });
        answers.On<ListNotificationsRequest>(_ => new ListNotificationsResponse { Notifications = { s_notification } });
        answers.On<RedeliverNotificationRequest>(_ => new RedeliverNotificationResponse { Notification = s_notification });
        answers.On<RedeliverNotificationsRequest>(_ => new RedeliverNotificationsResponse { Notifications = 1_234 });
        answers.On<ReadNotificationRequest>(_ => new ReadNotificationResponse { Notification = s_notification });
        answers.On<TraceRequest>(_ => new TraceResponse
        {
            Sentences = { "First it was observed." },
            Observations =
            {
                new Observation
                {
                    ObservationId = "obs-1",
                    Country = "XAA",
                    ObservedAt = s_time,
                },
            },
            Breaches = { s_breach },
            Notifications = { s_notification },
            Cases = { s_case },
        });
        answers.On<ListFrameworksRequest>(_ => new ListFrameworksResponse
        {
            Frameworks =
            {
                new Framework
                {
                    Name = "frameworks/un/versions/1",
                    Composite = new(),
                    Bands =
                    {
                        new Band { Level = "low", LowerBound = 0 },
                        new Band { Level = "high" },
                    },
                },
            },
        });
        var threshold = new Threshold
        {
            Name = "thresholds/high",
            DisplayName = "High",
            Framework = "frameworks/un",
            Condition = Condition.Above,
            Value = 60,
            ClearingValue = 55,
            For = Duration.FromTimeSpan(TimeSpan.FromDays(30)),
        };
        answers.On<ListThresholdsRequest>(_ => new ListThresholdsResponse { Thresholds = { threshold } });
        answers.On<GetThresholdRequest>(_ => new GetThresholdResponse { Threshold = threshold });
        return suite;
    }
}
