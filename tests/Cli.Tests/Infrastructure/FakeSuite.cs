using System.Collections.Concurrent;
using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>A suite in this process: the contract's services over a real connection, answering what a test says.</summary>
internal sealed class FakeSuite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeSuite(WebApplication app) => _app = app;

    public static readonly string[] Countries = ["XAA", "XAB", "XAC"];

    public FakeUnary Answers => _app.Services.GetRequiredService<FakeUnary>();

    public FakeObservations Observations => _app.Services.GetRequiredService<FakeObservations>();

    public FakeWatches Watches => _app.Services.GetRequiredService<FakeWatches>();

    public Backtests Backtests => _app.Services.GetRequiredService<Backtests>();

    public ConcurrentQueue<Metadata> Headers => _app.Services.GetRequiredService<HeaderLog>().Headers;

    public string Endpoint => _app.Urls.Single();

    public ImpatientTime Time { get; } = new();

    public static async Task<FakeSuite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<HeaderLog>());
        builder
            .Services.AddSingleton<HeaderLog>()
            .AddSingleton<FakeUnary>()
            .AddSingleton<FakeObservations>()
            .AddSingleton<FakeWatches>()
            .AddSingleton<Backtests>();
        var app = builder.Build();
        app.MapGrpcService<FakeCatalogue>();
        app.MapGrpcService<FakeObservations>();
        app.MapGrpcService<FakeRisks>();
        app.MapGrpcService<FakeScoring>();
        app.MapGrpcService<FakeOperations>();
        app.MapGrpcService<FakeThresholds>();
        app.MapGrpcService<FakeBreaches>();
        app.MapGrpcService<FakeNotifications>();
        app.MapGrpcService<FakeCases>();
        app.MapGrpcService<FakeTraces>();
        app.MapGrpcService<FakeServer>();
        await app.StartAsync();
        var suite = new FakeSuite(app);
        suite.Answers.On<ListCountriesRequest>(_ => new ListCountriesResponse
        {
            Countries =
            {
                Countries.Select(
                    (code, place) => States.Of(code, $"Country {code}", cow: (901 + place).ToString(CultureInfo.InvariantCulture))
                ),
            },
        });
        suite.Answers.On<GetServerInfoRequest>(_ => new GetServerInfoResponse
        {
            Version = "1.2.3",
            Services = { "risk", "indicators" },
            Limits = new()
            {
                MaxBatchItems = 4,
                MaxInFlightBatches = 3,
                MaxMessageBytes = 4096,
                ResendWindow = 100,
            },
        });
        return suite;
    }

    public Task<Run> EwAsync(params string[] args) => EwAsync([], args);

    public Task<Run> EwAsync(Dictionary<string, string> environment, params string[] args) =>
        Run.OnAsync(
            new()
            {
                Out = TextWriter.Null,
                Error = TextWriter.Null,
                Time = Time,
            },
            With(environment),
            args
        );

    public Task<Run> EwOnAsync(Terminal terminal, params string[] args) => Run.OnAsync(terminal with { Time = Time }, With([]), args);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private Dictionary<string, string> With(Dictionary<string, string> environment)
    {
        environment.TryAdd("EW_ENDPOINT", Endpoint);
        return environment;
    }

    internal sealed class HeaderLog : Interceptor
    {
        public ConcurrentQueue<Metadata> Headers { get; } = [];

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request,
            ServerCallContext context,
            UnaryServerMethod<TRequest, TResponse> continuation
        )
        {
            Headers.Enqueue(context.RequestHeaders);
            return continuation(request, context);
        }
    }
}

/// <summary>What a test has each kind of request answered with, and the requests that came.</summary>
internal sealed class FakeUnary
{
    private readonly ConcurrentDictionary<Type, Func<IMessage, IMessage>> _answers = [];
    private readonly ConcurrentQueue<IMessage> _requests = [];

    public IReadOnlyList<T> Requests<T>() => [.. _requests.OfType<T>()];

    public void On<T>(Func<T, IMessage> answer)
        where T : IMessage => _answers[typeof(T)] = request => answer((T)request);

    public Task<TResponse> AnswerAsync<TResponse>(IMessage request)
    {
        _requests.Enqueue(request);
        return _answers.TryGetValue(request.GetType(), out var answer)
            ? Task.FromResult((TResponse)answer(request))
            : throw new RpcException(new Status(StatusCode.Unimplemented, $"the test says nothing about {request.GetType().Name}"));
    }
}
