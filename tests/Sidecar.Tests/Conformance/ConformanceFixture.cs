using System.Diagnostics;
using System.Globalization;
using Dapr.Client;
using EarlyWarning.Host.Composition;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Sidecar.Tests.Infrastructure;

namespace EarlyWarning.Sidecar.Tests.Conformance;

/// <summary>Two apps and what stands beside them: our sidecar, or the daprd that the environment names.</summary>
public sealed class ConformanceFixture : IAsyncLifetime
{
    public const string A = "conformance-a";
    public const string B = "conformance-b";

    private readonly List<DaprClient> _clients = [];
    private LocalSidecar? _local;

    internal CallbackApp AppA { get; private set; } = null!;

    internal CallbackApp? AppB { get; private set; }

    public DaprClient ClientA { get; private set; } = null!;

    public DaprEndpoint EndpointA { get; private set; } = null!;

    /// <summary>Whether the sidecar is our own, in this process.</summary>
    public bool IsOwn => _local is not null;

    public async ValueTask InitializeAsync()
    {
        if (Named(A) is { } named)
        {
            EndpointA = named;
            AppA = App(A, named.AppPort);
            AppB = Named(B) is { } second ? App(B, second.AppPort) : null;
        }
        else
        {
            AppA = App(A, FreePort.Take());
            AppB = App(B, FreePort.Take());
            var options = LocalSidecar.Options([new(A, [AppA.Port], "dapr-token-a", "app-token-a"), new(B, [AppB.Port])]);
            _local = new(new TestStore(TimeProvider.System), options);
            var app = options.Apps[0];
            EndpointA = new(
                A,
                new($"http://127.0.0.1:{app.GrpcPort}"),
                new($"http://127.0.0.1:{app.HttpPort}"),
                app.AppPorts[0],
                app.DaprApiToken,
                app.AppApiToken
            );
        }

        await AppA.StartAsync();
        await (AppB?.StartAsync() ?? Task.CompletedTask);
        await (_local?.StartAsync() ?? Task.CompletedTask);
        ClientA = new DaprClientBuilder()
            .UseGrpcEndpoint(EndpointA.Grpc.AbsoluteUri)
            .UseHttpEndpoint(EndpointA.Http.AbsoluteUri)
            .UseDaprApiToken(EndpointA.DaprApiToken)
            .Build();
        _clients.Add(ClientA);
        await ReadyAsync();
    }

    /// <summary>Stops the sidecar and starts it again.</summary>
    public async Task RestartSidecarAsync()
    {
        if (_local is not null)
        {
            await _local.StopAsync();
            await _local.StartAsync();
        }
        else
        {
            var command = Environment.GetEnvironmentVariable("EW_TEST_RESTART_DAPRD");
            Assert.SkipUnless(
                command is { Length: > 0 },
                "A daprd of the environment is restarted only by the command that EW_TEST_RESTART_DAPRD gives."
            );
            using var process = Process.Start("/bin/sh", ["-c", command!]);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }

        await ReadyAsync();
    }

    public Task ReadyAsync() => Eventually.HoldsAsync(() => ClientA.CheckHealthAsync(), "a healthy sidecar");

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await (_local?.DisposeAsync() ?? ValueTask.CompletedTask);
        await AppA.DisposeAsync();
        await (AppB?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static CallbackApp App(string appId, int port) =>
        appId == A
            ? new(port, CallbackApp.To("orders", "orders-dead-letters"), CallbackApp.To("unguarded"), CallbackApp.To("orders-dead-letters"))
            : new(port, CallbackApp.To("orders", "orders-dead-letters"));

    private static DaprEndpoint? Named(string appId)
    {
        var prefix = $"EW_DAPR_{appId.ToUpperInvariant().Replace('-', '_')}_";
        return Environment.GetEnvironmentVariable(prefix + "GRPC") is { Length: > 0 } grpc
            ? new(
                appId,
                new(grpc),
                new(Environment.GetEnvironmentVariable(prefix + "HTTP")!),
                int.Parse(Environment.GetEnvironmentVariable(prefix + "APP_PORT")!, CultureInfo.InvariantCulture),
                Token("API_TOKEN"),
                Token("APP_TOKEN")
            )
            : null;

        string Token(string name) => Environment.GetEnvironmentVariable(prefix + name) ?? "";
    }
}
