using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests;

/// <content>The suite that answers.</content>
public partial class AccountTests
{
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
}
