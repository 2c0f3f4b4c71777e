using System.Net;
using System.Net.WebSockets;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>A suite in several processes is one suite at each of its addresses.</summary>
public sealed partial class AnyAddressTests(SpreadSuite spread) : IClassFixture<SpreadSuite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ApartSuite Suite => spread.Suite;

    [Fact]
    public async Task Call_OfEachService_IsAnsweredAtEachAddress()
    {
        foreach (var channel in spread.Channels)
        {
            Assert.NotEmpty(
                (await new CatalogueService.CatalogueServiceClient(channel).ListFrameworksAsync(new(), spread.Full)).Frameworks
            );
            Assert.NotEmpty(
                (await new ThresholdService.ThresholdServiceClient(channel).ListThresholdsAsync(new(), spread.Full)).Thresholds
            );
            var risk = await new RiskService.RiskServiceClient(channel).GetCountryRiskAsync(
                new() { Name = $"{Definitions.Framework}/risks/KEN" },
                spread.Full
            );
            Assert.Equal(88, risk.Risk.Score, 1e-9);
            Assert.NotEmpty((await new BreachService.BreachServiceClient(channel).ListBreachesAsync(new(), spread.Full)).Breaches);
            Assert.Empty((await new OperationService.OperationServiceClient(channel).ListOperationsAsync(new(), spread.Full)).Operations);
            Assert.NotEmpty(
                (
                    await new NotificationService.NotificationServiceClient(channel).ListNotificationsAsync(
                        new() { Recipient = SpreadSuite.Recipient },
                        spread.Full
                    )
                ).Notifications
            );
            Assert.Equal(
                spread.Case.Name,
                (await new CaseService.CaseServiceClient(channel).GetCaseAsync(new() { Name = spread.Case.Name }, spread.Full)).Case.Name
            );
            Assert.Contains(
                (await new TraceService.TraceServiceClient(channel).TraceAsync(new() { Id = "apart-1" }, spread.Full)).Cases,
                found => found.Name == spread.Case.Name
            );
            Assert.NotEmpty((await new AuditService.AuditServiceClient(channel).ListAuditEntriesAsync(new(), spread.Full)).Entries);
        }
    }

    [Fact]
    public async Task JsonCall_AtEachAddress_IsAnsweredByTheSamePathsAndErrors()
    {
        var documents = new List<string>();
        foreach (var process in Suite.Processes)
        {
            using var http = Http(process);
            Assert.Contains(spread.Case.Name, await http.GetStringAsync($"/v1/cases?countries=KEN", Token), StringComparison.Ordinal);
            Assert.Contains(
                "apart-1",
                await http.GetStringAsync($"/v1/trace/{Uri.EscapeDataString(spread.Case.Name)}", Token),
                StringComparison.Ordinal
            );
            using var unknown = await http.GetAsync("/v1/cases?country=KEN", Token);
            Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
            Assert.Contains("UNKNOWN_FIELD", await unknown.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            using var missing = await http.GetAsync("/v1/cases/none", Token);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
            Assert.Contains($"{process.Http}errors/NOT_FOUND", await missing.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            documents.Add(await http.GetStringAsync("/openapi/v1.json", Token));
        }

        Assert.Single(documents.Distinct());
    }

    [Fact]
    public async Task Watch_ThroughAnotherProcess_CarriesEachChangeAndResumesAtAnyAddress()
    {
        using var watch = new BreachService.BreachServiceClient(spread.Channels[1]).WatchBreaches(
            new() { Countries = { "TZA" } },
            spread.Full,
            cancellationToken: Token
        );
        await watch.ResponseHeadersAsync;
        await RecordAsync("TZA", 81);

        var first = await NextAsync(watch.ResponseStream, response => response.Breach is not null);
        Assert.Equal(("TZA", Breach.Types.State.Firing), (first.Breach.Country, first.Breach.State));
        await RecordAsync("TZA", 12);
        using var resumed = new BreachService.BreachServiceClient(spread.Channels[3]).WatchBreaches(
            new() { Countries = { "TZA" }, ResumeToken = first.ResumeToken },
            spread.Full,
            cancellationToken: Token
        );
        Assert.Equal(
            Breach.Types.State.Resolved,
            (await NextAsync(resumed.ResponseStream, response => response.Breach is not null)).Breach.State
        );
    }

    [Fact]
    public async Task Caller_AtAnotherProcess_MayWhatItsRoleMayAndIsRefusedOnRecordOnce()
    {
        var risks = new RiskService.RiskServiceClient(spread.Channels[1]);
        Assert.Equal(
            88,
            (await risks.GetCountryRiskAsync(new() { Name = $"{Definitions.Framework}/risks/KEN" }, spread.Bound)).Risk.Score,
            1e-9
        );

        var country = await RefusedAsync(() =>
            risks.GetCountryRiskAsync(new() { Name = $"{Definitions.Framework}/risks/UGA" }, spread.Bound).ResponseAsync
        );
        Assert.Equal((StatusCode.PermissionDenied, "COUNTRY_NOT_GRANTED"), country);
        var unknown = await RefusedAsync(() =>
            risks
                .GetCountryRiskAsync(
                    new() { Name = $"{Definitions.Framework}/risks/KEN" },
                    new Metadata { { "authorization", "Bearer nobody" } }
                )
                .ResponseAsync
        );
        Assert.Equal((StatusCode.Unauthenticated, "UNAUTHENTICATED"), unknown);

        // What callers say of how they came is believed of the suite's own processes alone.
        var claimed = await RefusedAsync(() =>
            risks
                .GetCountryRiskAsync(
                    new() { Name = $"{Definitions.Framework}/risks/KEN" },
                    new Metadata { { "ew-peer-certificate", "own" }, { "ew-peer-address", "10.9.9.9" } }
                )
                .ResponseAsync
        );
        Assert.Equal(StatusCode.Unauthenticated, claimed.Item1);

        var found = await Eventually.GetAsync(
            async () =>
                (await new AuditService.AuditServiceClient(spread.Channels[0]).ListAuditEntriesAsync(new(), spread.Full))
                    .Entries.Where(entry => entry.Reason is "COUNTRY_NOT_GRANTED" or "UNAUTHENTICATED")
                    .ToList(),
            entries => entries.Select(entry => entry.Reason).Distinct().Count() == 2,
            "both refusals are on record"
        );
        Assert.Equal(1, found.Where(entry => entry.Reason == "COUNTRY_NOT_GRANTED").Sum(entry => entry.Count));
        Assert.All(found, entry => Assert.Equal("127.0.0.1", entry.Peer));
    }

    [Fact]
    public async Task Board_AtAProcessWithoutIt_IsServedWithItsSocket()
    {
        using var http = Http(Suite.Processes[0]);
        using var page = await http.GetAsync("/", Token);
        Assert.Contains("/board/board.js", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; ",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Origin", "https://elsewhere.example" } } };
        using var refused = await http.SendAsync(foreign, Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("authorization", spread.Full.GetValue("authorization")!);
        await socket.ConnectAsync(new($"ws://127.0.0.1:{Suite.Processes[0].HttpPort}/_blazor"), Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        var buffer = new byte[16];
        var got = await socket.ReceiveAsync(buffer, Token);
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(buffer, 0, got.Count));
        await Eventually.HoldsAsync(
            async () => (await http.GetStringAsync(new Uri("/", UriKind.Relative), Token)).Contains("Kenya", StringComparison.Ordinal),
            "Kenya on the page"
        );
    }

    private async Task RecordAsync(string country, double value) =>
        await new ObservationService.ObservationServiceClient(spread.Channels[0]).RecordObservationAsync(
            new() { Observation = Definitions.Attacks(country, value) },
            spread.Full
        );

    private HttpClient Http(SuiteProcess process)
    {
        HttpClient http = new() { BaseAddress = process.Http };
        http.DefaultRequestHeaders.Add("authorization", spread.Full.GetValue("authorization"));
        return http;
    }

    private static async Task<(StatusCode Code, string Reason)> RefusedAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        return (refusal.StatusCode, refusal.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? refusal.Status.Detail);
    }

    private static async Task<T> NextAsync<T>(IAsyncStreamReader<T> stream, Func<T, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await stream.MoveNext(patience.Token))
        {
            if (wanted(stream.Current))
            {
                return stream.Current;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
