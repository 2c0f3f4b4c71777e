using EarlyWarning.Board.Live;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Board.Tests.Live;

/// <summary>A fault of the board is shown on it, and ends nothing.</summary>
public sealed class FaultTests : IAsyncDisposable
{
    private static readonly Readiness s_ready = new(new NoChecks(), new StartedLifetime(), TimeProvider.System);
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddScoped<HtmlRenderer>().BuildServiceProvider();
    private readonly LiveState _state = new();

    private SectionRenderer Sections =>
        new(_services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<SectionRenderer>.Instance);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Render_ASectionThrows_SaysSoInItsPlaceAndTheOthersAreAsEver()
    {
        // Without its threshold it cannot be shown.
        var html = await Sections.RenderAsync(BoardState.Empty.With(new Breach { Name = "breaches/a" }));

        Assert.Contains("This section cannot be shown", html["breaches"], StringComparison.Ordinal);
        Assert.Contains("Does the path of a warning work?", html["status"], StringComparison.Ordinal);
        Assert.Equal(5, html.Count);
        Assert.DoesNotContain(html, section =>
            section.Key != "breaches" && section.Value.Contains("cannot be shown", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Broadcast_ASectionThrows_GoesOnAndIsWellAgain()
    {
        var breach = new Breach { Name = "breaches/a" };
        _state.Change(state => state.With(breach));
        using Broadcast broadcast = new(_state, Sections, s_ready, TimeProvider.System);
        await broadcast.StartAsync(CancellationToken.None);
        await ShowsAsync(broadcast, "cannot be shown");

        _state.Change(state =>
            state.With(
                new Breach
                {
                    Name = "breaches/a",
                    Sentence = "It is high.",
                    Threshold = new(),
                }
            )
        );
        await ShowsAsync(broadcast, "It is high.");
        Assert.False(broadcast.ExecuteTask!.IsCompleted);
        await broadcast.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Feed_AnyPartThrows_ShowsWhatIsNotHeardOfAndGoesOn()
    {
        using var lifetime = new StartedLifetime();
        using SuiteClient suite = new(new ThrowingCalls());
        using LiveFeed feed = new(suite, _state, s_ready, TimeProvider.System, lifetime, NullLogger<LiveFeed>.Instance);
        await feed.StartAsync(CancellationToken.None);

        while (_state.Current is var seen && seen.Broken.Count < 4)
        {
            await _state.ChangedAsync(seen, TestContext.Current.CancellationToken);
        }

        Assert.All(_state.Current.Broken.Values, reason => Assert.Equal("Nobody foresaw this.", reason));
        Assert.False(feed.ExecuteTask!.IsCompleted);
        await feed.StopAsync(CancellationToken.None);
    }

    private static async Task ShowsAsync(Broadcast broadcast, string text)
    {
        while (true)
        {
            var next = broadcast.NextAsync(TestContext.Current.CancellationToken);
            if (broadcast.Html.TryGetValue("breaches", out var html) && html.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await next;
        }
    }

    private sealed class NoChecks : HealthCheckService
    {
        public override Task<HealthReport> CheckHealthAsync(
            Func<HealthCheckRegistration, bool>? predicate,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(new HealthReport(new Dictionary<string, HealthReportEntry>(), TimeSpan.Zero));
    }

    private sealed class ThrowingCalls : CallInvoker
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new InvalidOperationException("Nobody foresaw this.");

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options
        ) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options
        ) => throw new NotSupportedException();
    }

    private sealed class StartedLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted { get; } = new(canceled: true);

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
