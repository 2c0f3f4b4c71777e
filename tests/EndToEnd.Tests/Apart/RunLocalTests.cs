using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>A suite of several processes on one machine, by the one command, with the sidecar as a process of its own.</summary>
public sealed partial class RunLocalTests(ITestOutputHelper output)
{
    [Fact]
    public async Task RunLocal_TwoSilosAndOneOfEachOther_WarnsAndEndsWithNothingLeft()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        folder.Write(
            Path.Combine("notification-1", "directory.yaml"),
            $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:
                  - webhook:
                      url: {receiver.Address}
                      secret: a-secret-of-at-least-32-characters!
              - id: focal-point-ken
                name: Focal point
                role: focal-point
                countries: [KEN]
                channels: [inbox]
            """
        );
        var (http, grpc) = ($"127.0.0.1:{FreePort.Take()}", $"127.0.0.1:{FreePort.Take()}");
        await using var run = new Script(
            "--silos",
            "2",
            "--others",
            "1",
            "--data",
            folder.Path,
            "--http",
            http,
            "--grpc",
            grpc,
            "--patience",
            "120"
        );
        await Eventually.HoldsAsync(
            () => run.HasExited || run.Said.Contains("Ctrl-C ends all of it", StringComparison.Ordinal),
            "all are ready",
            180,
            () => run.Said
        );
        Assert.False(run.HasExited, run.Said);
        output.WriteLine(run.Said);
        int[] pids = [.. Rows().Matches(run.Said).Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(8, pids.Length);

        // By the process of the board, which runs none of what is called.
        using var channel = GrpcChannel.ForAddress($"http://{grpc}");
        await Definitions.DefineOneAsync(channel);
        await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
            new() { Observation = Definitions.Attacks("KEN", 88) }
        );
        await Eventually.HoldsAsync(() => receiver.Count > 0, "the webhook arrived", seen: () => run.Said);
        await Eventually.HoldsAsync(
            async () => (await new CaseService.CaseServiceClient(channel).ListCasesAsync(new() { Countries = { "KEN" } })).Cases.Count == 1,
            "a case is open"
        );
        var status = await new ServerService.ServerServiceClient(channel).GetStatusAsync(new());
        Assert.Contains(status.Lines, line => line.Subject == "deliveries");
        Assert.DoesNotContain(status.Lines, line => line.Text.Contains("daprd", StringComparison.Ordinal));

        Assert.Equal(0, await run.StopAsync());
        Assert.All(pids, pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"{pid} goes on.\n{run.Said}"));
        Assert.Contains("everything has ended", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--silos takes a number", "--silos", "none")]
    [InlineData("--replicas is no option", "--replicas", "3")]
    [InlineData("--data needs a value", "--data")]
    public async Task RunLocal_AskedForWhatItDoesNotTake_SaysWhatThereIs(string expected, params string[] arguments)
    {
        await using var run = new Script(arguments);

        Assert.Equal(2, await run.ExitAsync());
        Assert.Contains(expected, run.Said, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\S+ +\S+ +127\S+ +127\S+ +127\S+ +127\S+ +(\d+)  ready$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    private sealed class Script : IAsyncDisposable
    {
        private readonly StringBuilder _said = new();
        private readonly Process _process;

        public Script(params string[] arguments)
        {
            _process = Process.Start(
                new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "dapr", "run-local.sh"), .. arguments])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment = { ["EW_STORE"] = "" },
                }
            )!;
            _process.OutputDataReceived += Keep;
            _process.ErrorDataReceived += Keep;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Said
        {
            get
            {
                lock (_said)
                {
                    return _said.ToString();
                }
            }
        }

        public bool HasExited => _process.HasExited;

        public async Task<int> ExitAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }

        public async Task<int> StopAsync()
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            return await ExitAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                await StopAsync();
            }

            _process.Dispose();
        }

        private void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
            {
                _said.AppendLine(line.Data);
            }
        }
    }
}
