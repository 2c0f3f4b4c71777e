using System.Net;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>
/// What is broken shows in lines and gauges alike, and is well again when it was put right: over the public API of a real process.
/// </summary>
public sealed class OwedTests
{
    private const string Waiting = "earlywarning_notification_waiting";
    private const string Undelivered = "earlywarning_notification_undelivered";
    private const string Nobody = "earlywarning_notification_unaddressed";
    private const string Overdue = "earlywarning_escalation_cases_overdue";
    private const string Up = "earlywarning_status_up";

    [Fact]
    public async Task ReceiverIsDown_AndUpAgain_UndeliveredComesAndGoes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var down = true;
        receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = Volatile.Read(ref down) ? 503 : 200;
            return Task.CompletedTask;
        };
        using TemporaryFolder folder = new();
        folder.Write(
            "directory.yaml",
            Directory(
                $"""

                      - webhook:
                          url: {receiver.Address}
                          secret: a-secret-of-at-least-32-characters!
                """
            )
        );
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await FireAsync(suite);

        await SeesAsync(
            suite,
            metrics => metrics.Value(Waiting) == 1 && metrics.Value(Undelivered, "recipient=\"recipients/desk\"") == 1,
            "one waits"
        );
        await SeesAsync(
            suite,
            metrics =>
                metrics.Value("earlywarning_risk_breaches_firing", "severity=\"warning\"") == 1
                && metrics.Value("earlywarning_intake_source_age_seconds", "source=\"end-to-end\"") is not null,
            "a breach fires, and the source is known"
        );
        Assert.Equal(Health.Failing, (await LineAsync(suite, "destinations")).Health);
        Assert.Contains("Messages that wait: 1", (await LineAsync(suite, "undelivered")).Text, StringComparison.Ordinal);
        await HealthzIsAsync(suite, HttpStatusCode.OK);

        Volatile.Write(ref down, false);
        await SeesAsync(suite, metrics => metrics.Value(Waiting) == 0 && metrics.Value(Undelivered) is null, "nothing waits");
        Assert.Equal(
            (Health.Ok, Health.Ok),
            ((await LineAsync(suite, "destinations")).Health, (await LineAsync(suite, "undelivered")).Health)
        );
    }

    [Fact]
    public async Task NobodyToTell_AndTheDirectoryIsCompleted_IsCountedAndTold()
    {
        using TemporaryFolder folder = new();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await FireAsync(suite);

        await SeesAsync(
            suite,
            metrics => metrics.Value(Nobody) > 0 && metrics.Value("earlywarning_notification_directory_recipients") == 0,
            "nobody"
        );
        Assert.Equal(Health.Failing, (await LineAsync(suite, "nobody to tell")).Health);
        var status = await StatusAsync(suite);
        Assert.Equal(Health.Failing, status.PathHealth);
        Assert.All(status.Lines, line => Assert.NotEqual(Heading.Unspecified, line.Heading));

        folder.Write("directory.yaml", Directory(" [inbox]"));
        await SeesAsync(
            suite,
            metrics => metrics.Value(Nobody) == 0 && metrics.Value("earlywarning_notification_directory_recipients") == 1,
            "somebody"
        );
        Assert.Equal(Health.Ok, (await LineAsync(suite, "nobody to tell")).Health);
    }

    [Fact]
    public async Task AnswerIsOverdue_AndTheCaseIsAcknowledged_IsCountedAndWellAgain()
    {
        using TemporaryFolder folder = new();
        folder.Write(
            "directory.yaml",
            """
            recipients:
              - {id: desk, name: Watch desk, role: operator, channels: [inbox]}
              - {id: focal, name: Focal point, role: focal-point, countries: [KEN], channels: [inbox]}
              - {id: office, name: UN Office, role: un-office, channels: [inbox]}
            """
        );
        folder.Write(
            "ladder.yaml",
            """
            steps:
              - {name: National focal point, role: focal-point, acknowledge-within: 1s, decide-within: 24h}
              - {name: UN Office, role: un-office, acknowledge-within: 24h, decide-within: 24h}
            """
        );
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await FireAsync(suite);

        await SeesAsync(
            suite,
            metrics => metrics.Value(Overdue) == 1 && metrics.Value("earlywarning_escalation_cases_overdue_age_seconds") > 0,
            "overdue"
        );
        Assert.Equal(
            (Health.Attention, Health.Attention),
            ((await LineAsync(suite, "cases")).Health, (await StatusAsync(suite)).AnswersHealth)
        );
        await HealthzIsAsync(suite, HttpStatusCode.OK);

        CaseService.CaseServiceClient cases = new(suite.Channel);
        var open = Assert.Single((await cases.ListCasesAsync(new() { OpenOnly = true })).Cases);
        await cases.AcknowledgeCaseAsync(new() { Name = open.Name, Recipient = "recipients/focal" });
        await SeesAsync(
            suite,
            metrics =>
                metrics.Value(Overdue) == 0
                && metrics.Value("earlywarning_escalation_cases_overdue_age_seconds") == 0
                && metrics.Value("earlywarning_escalation_cases_open") == 1,
            "answered"
        );
        Assert.Equal((Health.Ok, Health.Ok), ((await LineAsync(suite, "cases")).Health, (await StatusAsync(suite)).AnswersHealth));
    }

    [Fact]
    public async Task StoreIsAway_AndBack_WhatIsNotKnownIsAbsentAndNoRestartIsAskedFor()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using SilentProxy proxy = new(postgres.Port);
        using TemporaryFolder folder = new();
        await using var suite = SuiteProcess.In(folder.Path, PostgresServer.ConnectionThrough(proxy.Port));
        Assert.True(await suite.StartAsync(), suite.Output);
        string[] read =
        [
            "earlywarning_outbox_unpublished",
            Waiting,
            "earlywarning_escalation_cases_open",
            "earlywarning_risk_breaches_firing",
        ];
        await SeesAsync(
            suite,
            metrics => read.All(name => metrics.Value(name) == 0) && metrics.Value("earlywarning_clock_store_lead_seconds") is not null,
            "all is known"
        );

        proxy.Cut();
        await SeesAsync(
            suite,
            metrics =>
                read.All(name => metrics.Value(name) is null)
                && metrics.Value("earlywarning_store_available") == 0
                && metrics.Value(Up, "source=\"outbox\"") == 0
                && metrics.Value(Up, "source=\"store\"") == 1,
            "nothing of it is known"
        );
        Assert.StartsWith("Not known:", (await LineAsync(suite, "outbox")).Text, StringComparison.Ordinal);
        Assert.Equal(Heading.Answers, (await LineAsync(suite, "cases")).Heading);
        await HealthzIsAsync(suite, HttpStatusCode.OK);
        await ReadyzIsAsync(suite, HttpStatusCode.ServiceUnavailable, "store: unhealthy (");

        proxy.Mend();
        await SeesAsync(
            suite,
            metrics => read.All(name => metrics.Value(name) == 0) && metrics.Value(Up, "source=\"outbox\"") == 1,
            "all is known again"
        );
        await ReadyzIsAsync(suite, HttpStatusCode.OK, "store: healthy");
    }

    private static string Directory(string channels) =>
        $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:{channels}
            """;

    private static async Task FireAsync(SuiteProcess suite)
    {
        await Definitions.DefineOneAsync(suite.Channel);
        await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationAsync(
            new() { Observation = Definitions.Attacks("KEN", 88) }
        );
    }

    private static Task<Metrics> SeesAsync(SuiteProcess suite, Func<Metrics, bool> condition, string expected) =>
        Eventually.GetAsync(() => Metrics.OfAsync(suite), condition, expected);

    private static Task HealthzIsAsync(SuiteProcess suite, HttpStatusCode code) => IsAsync(suite, "/healthz", code, "loops: ");

    private static Task ReadyzIsAsync(SuiteProcess suite, HttpStatusCode code, string body) => IsAsync(suite, "/readyz", code, body);

    private static async Task IsAsync(SuiteProcess suite, string path, HttpStatusCode code, string body)
    {
        using HttpClient http = new() { BaseAddress = suite.Http };
        var answer = await Eventually.GetAsync(
            async () =>
            {
                using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
                return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
            },
            answer => answer.StatusCode == code,
            $"{path} is {code}"
        );
        Assert.Contains(body, answer.Body, StringComparison.Ordinal);
    }

    private static async Task<GetStatusResponse> StatusAsync(SuiteProcess suite) =>
        await new ServerService.ServerServiceClient(suite.Channel).GetStatusAsync(new());

    private static async Task<StatusLine> LineAsync(SuiteProcess suite, string subject) =>
        (await StatusAsync(suite)).Lines.First(line => line.Subject == subject);
}
