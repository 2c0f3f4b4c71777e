using EarlyWarning.EndToEnd.Tests.Partners;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <content>What concerns all processes.</content>
public sealed partial class AnyAddressTests
{
    [Fact]
    public async Task Status_AtEachAddress_TellsOfAllProcessesOnce()
    {
        foreach (var channel in spread.Channels)
        {
            var server = new ServerService.ServerServiceClient(channel);
            var info = await Eventually.GetAsync(
                async () => await server.GetServerInfoAsync(new(), spread.Full),
                info => info is { Processes.Count: 5, Intake: not null },
                "every process is known"
            );
            Assert.Equal(["indicators", "risk", "scoring", "notification", "escalation", "ledger", "board", "sidecar"], info.Services);
            Assert.Equal(
                ["indicators,risk", "ledger,board", "notification,escalation", "scoring", "sidecar"],
                info.Processes.Select(process => string.Join(',', process.Services)).Order(StringComparer.Ordinal)
            );
            Assert.True(info.Intake.Recorded > 0);
            Assert.True(info.Limits.MaxRunningOperations > 0);

            var status = await server.GetStatusAsync(new(), spread.Full);
            string[] once = ["services", "store", "intake", "outbox", "arming", "catalogue", "serving", "keys", "audit"];
            Assert.All(once, subject => Assert.True(status.Lines.Count(line => line.Subject == subject) == 1, $"{subject}: {status}"));
            Assert.All(status.Lines.Where(line => line.Subject is "services" or "serving"), line => Assert.Equal(Health.Ok, line.Health));
            using var http = Http(Suite.Processes[0]);
            var metrics = await http.GetStringAsync("/metrics", Token);
            Assert.Matches(@"(?m)^earlywarning_suite_services_missing(\{[^\n]*\})? 0( |$|\r)", metrics);
            Assert.Matches(@"(?m)^earlywarning_suite_files_differing(\{[^\n]*\})? 0( |$|\r)", metrics);
            Assert.Empty((await server.CheckStoreAsync(new(), spread.Full)).Checks.SelectMany(check => check.Violations));
        }
    }

    [Fact]
    public async Task Unarming_AtOneAddress_IsSaidAtEach()
    {
        await new ServerService.ServerServiceClient(spread.Channels[3]).UnarmSuiteAsync(new() { Reason = "A first load." }, spread.Full);
        await Eventually.HoldsAsync(
            async () => (await Task.WhenAll(spread.Channels.Select(UnarmedAsync))).All(unarmed => unarmed),
            "each process says so",
            20
        );
        await new ServerService.ServerServiceClient(spread.Channels[1]).ArmSuiteAsync(new(), spread.Full);
        await Eventually.HoldsAsync(
            async () => (await Task.WhenAll(spread.Channels.Select(UnarmedAsync))).All(unarmed => !unarmed),
            "each process is armed",
            20
        );

        async Task<bool> UnarmedAsync(ChannelBase channel)
        {
            using var call = new BreachService.BreachServiceClient(channel).ListBreachesAsync(new(), spread.Full);
            return (await call.ResponseHeadersAsync).Count(header => header.Key == "ew-unarmed") switch
            {
                0 => false,
                1 => true,
                var several => throw new InvalidOperationException($"It is said {several} times."),
            };
        }
    }

    [Fact]
    public async Task Ports_OfEachProcess_TakeNothingFromStrangers()
    {
        using var authority = new TestAuthority("early-warning suite");
        var (signed, key) = authority.Client("CN=early-warning process");
        using var foreign = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(signed, key);
        for (var place = 0; place < Suite.Processes.Count; place++)
        {
            var process = Suite.Processes[place];
            var ports = PortTests.ListeningPorts(process.ProcessId);
            Assert.Subset(ports, new HashSet<int> { process.HttpPort, process.GrpcPort, Suite.PeerPort(place), Suite.ClusterPort(place) });
            foreach (var port in new[] { Suite.PeerPort(place), Suite.ClusterPort(place) })
            {
                Assert.Equal(0, await Stranger.TlsAsync(port, null));
                Assert.Equal(0, await Stranger.TlsAsync(port, foreign));
                Assert.InRange(await Stranger.PlainAsync(port), 0, 7);
            }

            // What is left takes deliveries of the sidecar, for which its token is needed.
            ports.ExceptWith([process.HttpPort, process.GrpcPort, Suite.PeerPort(place), Suite.ClusterPort(place)]);
            Assert.Equal(place == 2 ? 2 : 0, ports.Count);
            foreach (var port in ports)
            {
                await PortTests.RefusesAsync(port);
            }
        }
    }

    [Fact]
    public async Task Process_IsLost_StreamsEndAndCallsSayWhatIsMissingUntilItIsBack()
    {
        var cases = new CaseService.CaseServiceClient(spread.Channels[0]);
        var server = new ServerService.ServerServiceClient(spread.Channels[0]);
        using var watch = cases.WatchCases(new(), spread.Full, cancellationToken: Token);
        await watch.ResponseHeadersAsync;
        await Suite.Processes[2].KillAsync();

        Assert.Equal(
            (StatusCode.Unavailable, "SERVICE_NOT_RUNNING"),
            await RefusedAsync(async () =>
            {
                while (await watch.ResponseStream.MoveNext(Token)) { }
            })
        );
        await Eventually.HoldsAsync(
            async () =>
                (await server.GetStatusAsync(new(), spread.Full)).Lines.Any(line =>
                    line is { Subject: "services", Health: Health.Failing }
                    && line.Text.Contains("notification, escalation", StringComparison.Ordinal)
                ),
            "the status names the services that are missing",
            20
        );
        var missing = await Eventually.GetAsync(
            () => Assert.ThrowsAsync<RpcException>(() => cases.ListCasesAsync(new(), spread.Full).ResponseAsync),
            refusal => refusal.Status.Detail.Contains("--services escalation", StringComparison.Ordinal),
            "the process that is asked knows it too, and says how to start one"
        );
        Assert.Equal(
            (StatusCode.Unavailable, "SERVICE_NOT_RUNNING"),
            (missing.StatusCode, missing.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason)
        );
        Assert.Equal("SERVICE_NOT_RUNNING", (await RefusedAsync(() => server.CheckStoreAsync(new(), spread.Full).ResponseAsync)).Reason);

        await RecordAsync("RWA", 90);
        await Suite.StartAsync(2);
        await Eventually.HoldsAsync(
            async () => (await cases.ListCasesAsync(new() { Countries = { "RWA" } }, spread.Full)).Cases.Count == 1,
            "what happened meanwhile has its case"
        );
    }
}
