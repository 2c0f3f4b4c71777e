using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>What stands in the way of a start is told in one line, with what to do.</summary>
public sealed class StartTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Start_PortInUse_SaysSoInOneLineAndFails()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path);
        var taken = new TcpListener(IPAddress.Loopback, suite.GrpcPort);
        taken.Start();
        suite.Launch();

        await FailsAsync(suite, $"--grpc 127.0.0.1:{suite.GrpcPort} is in use");
        taken.Stop();
    }

    [Fact]
    public async Task Start_FolderHeldByAnother_SaysSoInOneLineAndFails()
    {
        using var folder = new TemporaryFolder();
        await using var first = SuiteProcess.In(folder.Path);
        Assert.True(await first.StartAsync(), first.Output);
        await using var second = SuiteProcess.In(folder.Path);
        second.Launch();

        await FailsAsync(second, "Another suite holds the data folder");
        Assert.Equal(0, await first.StopAsync());
    }

    [Fact]
    public async Task Start_FolderNotWritable_SaysSoInOneLineAndFails()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(Path.Combine(folder.Write("a-file", ""), "data"));
        suite.Launch();

        await FailsAsync(suite, "cannot be written");
    }

    [Fact]
    public async Task Start_ExerciseOnActualData_Refuses()
    {
        using var folder = new TemporaryFolder();
        folder.Write("suite.mode", "actual");
        await using var suite = SuiteProcess.In(folder.Path, exercise: true);
        suite.Launch();

        await FailsAsync(suite, "holds actual data");
    }

    [Fact]
    public async Task Start_BeyondLoopbackWithoutKeys_Refuses()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path, httpAddress: "0.0.0.0");
        suite.Launch();

        await FailsAsync(suite, "neither an API key nor access.yaml exists");
    }

    [Fact]
    public async Task Start_SomeServicesOnly_RefusesWithASentence()
    {
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path);
        suite.Launch(null, "--services", "risk,notification");

        Assert.NotEqual(0, await suite.ExitAsync(s_soon));
        Assert.Contains("--services with some of the services needs --cluster and --peer", suite.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TooFewOpenFilesAllowed_SaysSoInOneLineAndFails()
    {
        using var folder = new TemporaryFolder();
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"ulimit -n 200; exec {SuiteProcess.HostExecutable} --data {folder.Path}"])
            {
                RedirectStandardError = true,
            }
        )!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, process.ExitCode);
        var line = Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("may have 200 files and connections open, and needs 1024", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PostgresIsAway_SaysWhatItWaitsFor_EndsWhenItIsStopped_AndGoesOnWhenItIsThere()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync();
        await server.StopAsync();
        await using var suite = SuiteProcess.In(folder.Path, server.ConnectionString);
        suite.Launch();
        await WaitsAsync(suite);

        Assert.Equal(0, await suite.StopAsync());

        suite.Launch();
        await WaitsAsync(suite);
        await server.RestartAsync();
        Assert.True(await suite.IsReadyAsync(), suite.Output);
        Assert.Contains("The start waits for the store.", suite.Output, StringComparison.Ordinal);
        Assert.Equal(0, await suite.StopAsync());
    }

    [Fact]
    public async Task Start_PostgresRefusesTheLogin_SaysSoInOneLineAndFails()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync();
        await using var suite = SuiteProcess.In(folder.Path, server.ConnectionString.Replace("secret", "guess", StringComparison.Ordinal));
        suite.Launch();

        await FailsAsync(suite, "refuses the login");
    }

    /// <summary>It lives, is not ready, and says what it waits for.</summary>
    private static async Task WaitsAsync(SuiteProcess suite)
    {
        using HttpClient http = new() { BaseAddress = suite.Http };
        await Eventually.HoldsAsync(
            async () =>
            {
                using var alive = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
                using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
                var said = await ready.Content.ReadAsStringAsync();
                return alive.StatusCode == HttpStatusCode.OK
                    && ready.StatusCode == HttpStatusCode.ServiceUnavailable
                    && said.Contains("waits for the store", StringComparison.Ordinal)
                    && said.Contains("cannot be reached", StringComparison.Ordinal);
            },
            "it says that it waits for the store",
            seen: () => suite.Output
        );
    }

    private static async Task FailsAsync(SuiteProcess suite, string reason)
    {
        Assert.NotEqual(0, await suite.ExitAsync(s_soon));
        await Eventually.HoldsAsync(
            () => Task.FromResult(suite.Output.Contains(reason, StringComparison.Ordinal)),
            $"it says '{reason}'",
            5,
            () => suite.Output
        );
        Assert.Single(suite.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
