using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Parts;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Board.Tests.Live;

/// <summary>A fault of the board is shown on it, and ends nothing.</summary>
public sealed class FaultTests : PageContext
{
    private static readonly Readiness s_ready = new(new NoChecks(), new StartedLifetime(), TimeProvider.System);
    private readonly LiveState _state = new();

    [Fact]
    public void Part_ThatThrows_SaysSoInItsPlaceAndIsWellAgainWithTheNextChange()
    {
        var isFaulty = true;
        RenderFragment part = builder =>
        {
            builder.OpenComponent<Faulty>(0);
            builder.AddComponentParameter(1, nameof(Faulty.Throws), (Func<bool>)(() => isFaulty));
            builder.CloseComponent();
        };
        var page = Show<Guarded>(Known.Sight(Known.State()), ("Name", "Situations"), ("ChildContent", part));

        Assert.Contains(
            "Situations cannot be shown: Nobody foresaw this.",
            page.Find("[role=alert]").TextContent,
            StringComparison.Ordinal
        );

        isFaulty = false;
        Look(page, Known.Sight(Known.State()));

        Assert.Equal("It is well.", page.Find("p").TextContent);
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
            await _state.ChangedAsync(seen, Xunit.TestContext.Current.CancellationToken);
        }

        Assert.All(_state.Current.Broken.Values, reason => Assert.Equal("Nobody foresaw this.", reason));
        Assert.False(feed.ExecuteTask!.IsCompleted);
        await feed.StopAsync(CancellationToken.None);
    }

    private sealed class Faulty : ComponentBase
    {
        [Parameter]
        public Func<bool> Throws { get; set; } = null!;

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            if (Throws())
            {
                throw new InvalidOperationException("Nobody foresaw this.");
            }

            builder.AddMarkupContent(0, "<p>It is well.</p>");
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
