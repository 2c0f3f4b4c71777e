using System.Net;
using EarlyWarning.Access;
using EarlyWarning.Access.Names;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Status;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.Store;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.EndToEnd.Tests.Status;

public sealed class LivenessTests
{
    /// <summary>
    /// The thread that commits is held inside a commit of the real store; only the clock is the test's, because nobody waits two minutes.
    /// </summary>
    [Fact]
    public async Task Healthz_CommitsHang_FailsAndNamesThemUntilTheyGoOn()
    {
        MovedTime time = new(TimeProvider.System);
        using TemporaryFolder folder = new();
        await using SuiteStore store = new(new() { DataDirectory = folder.Path }, [], time, NullLoggerFactory.Instance);
        await store.StartAsync(TestContext.Current.CancellationToken);
        await using var app = await ServeAsync(store, time);
        using HttpClient http = new() { BaseAddress = new(app.Urls.First()) };
        await IsAsync(HttpStatusCode.OK, "loops: healthy");

        using ManualResetEventSlim goOn = new();
        TaskCompletionSource hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = store.CommitAsync(
            new Unit().Require(
                () =>
                {
                    hangs.SetResult();
                    goOn.Wait();
                    return new InvalidOperationException("It was held.");
                },
                "update store set epoch = epoch where identity = ''"
            ),
            TestContext.Current.CancellationToken
        );
        await hangs.Task;
        await IsAsync(HttpStatusCode.OK, "loops: healthy");
        time.Passed = TimeSpan.FromMinutes(1);
        await IsAsync(HttpStatusCode.OK, "loops: healthy");
        time.Passed = TimeSpan.FromMinutes(3);
        await IsAsync(HttpStatusCode.ServiceUnavailable, "commits has not gone on for 18");

        goOn.Set();
        await Assert.ThrowsAsync<InvalidOperationException>(() => held);
        await IsAsync(HttpStatusCode.OK, "loops: healthy");

        async Task IsAsync(HttpStatusCode code, string body)
        {
            var answer = await Eventually.GetAsync(
                async () =>
                {
                    using var response = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
                    return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
                },
                answer => answer.StatusCode == code,
                $"/healthz is {code}"
            );
            Assert.Contains(body, answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_ALoopHangs_AsksForARestartAndNamesIt()
    {
        Heartbeats heartbeats = new(TimeProvider.System);
        heartbeats.Begin("commits");
        heartbeats.Begin("sending", TimeSpan.Zero);

        var hangs = await CheckAsync(heartbeats);
        Assert.Equal(HealthStatus.Unhealthy, hangs.Status);
        Assert.StartsWith("sending has not gone on for 0 s. Restart the process", hangs.Description, StringComparison.Ordinal);

        Heartbeats well = new(TimeProvider.System);
        well.Begin("commits");
        Assert.Equal(
            (HealthStatus.Healthy, "These go on: commits."),
            ((await CheckAsync(well)).Status, (await CheckAsync(well)).Description)
        );
    }

    /// <summary>Serves what the suite itself registers for its health, over a store.</summary>
    private static async Task<WebApplication> ServeAsync(SuiteStore store, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults(1 << 20, callers: _ => { });
        builder.AddAccess(new(file: null), new(null, time), Path.Combine(Path.GetTempPath(), "never"), ServedNames.Loopback);
        builder.Services.AddStore(store).AddSuiteClock(new(time)).AddSingleton<LiveProcesses>().AddSuiteStatus();
        var app = builder.Build();
        app.MapServiceDefaults();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static Task<HealthCheckResult> CheckAsync(Heartbeats heartbeats) =>
        new Liveness(heartbeats).CheckHealthAsync(new(), TestContext.Current.CancellationToken);
}
