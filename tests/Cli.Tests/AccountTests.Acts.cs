using EarlyWarning.Cli.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Tests;

/// <content>What people do.</content>
public partial class AccountTests
{
    [Fact]
    public async Task Inbox_MarkRead_MarksWhatIsUnread()
    {
        await using var suite = await SuiteAsync();

        await suite.EwAsync("inbox", "recipients/focal", "--mark-read");

        Assert.Equal("notifications/n1", Assert.Single(suite.Answers.Requests<ReadNotificationRequest>()).Name);
        Assert.Equal("recipients/focal", suite.Answers.Requests<ListNotificationsRequest>()[0].Recipient);
    }

    [Fact]
    public async Task TakingBack_OfAnAct_CarriesWhatWasSaid()
    {
        await using var suite = await SuiteAsync();
        suite.Answers.On<WithdrawAcknowledgementRequest>(_ => new WithdrawAcknowledgementResponse { Case = s_case });
        suite.Answers.On<ReopenCaseRequest>(_ => new ReopenCaseResponse { Case = s_case });

        var withdrawn = await suite.EwAsync("withdraw", "c1", "--as", "focal", "--note", "another case", "--cause", "un/index");
        var reopened = await suite.EwAsync("reopen", "c1", "--as", "desk", "--reason", "another case", "--cause", "un/index");

        Assert.StartsWith("cases/c1: acknowledgement withdrawn", withdrawn.Out, StringComparison.Ordinal);
        Assert.StartsWith("cases/c1: reopened", reopened.Out, StringComparison.Ordinal);
        var withdrawal = Assert.Single(suite.Answers.Requests<WithdrawAcknowledgementRequest>());
        Assert.Equal(
            ("cases/c1", "recipients/focal", "another case", "un/index"),
            (withdrawal.Name, withdrawal.Recipient, withdrawal.Note, Assert.Single(withdrawal.Causes))
        );
        var reopening = Assert.Single(suite.Answers.Requests<ReopenCaseRequest>());
        Assert.Equal(
            ("cases/c1", "recipients/desk", "another case", "un/index"),
            (reopening.Name, reopening.Recipient, reopening.Reason, Assert.Single(reopening.Causes))
        );
        Assert.All([withdrawal.RequestId, reopening.RequestId], id => Assert.True(Guid.TryParse(id, out _)));
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
}
