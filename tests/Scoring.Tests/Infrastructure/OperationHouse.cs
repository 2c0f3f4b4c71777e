using EarlyWarning.Catalogue;
using EarlyWarning.Scoring.Api;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Health;
using EarlyWarning.Store.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>
/// A process of the service on a store that outlasts it, in the world of the other tests. It is ended as a stop ends it, or left as a kill
/// leaves it.
/// </summary>
internal sealed class OperationHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly OperationRunner? _runner;

    private OperationHouse(
        TestStore store,
        World world,
        StandingTime time,
        bool runs,
        Action<ScoringOptions>? configure,
        IProcesses? processes
    )
    {
        var services = new ServiceCollection().AddLogging();
        store.Register(services);
        if (processes is not null)
        {
            services.AddSingleton(processes);
        }

        _services = services
            .AddSingleton(new Suite(true, ""))
            .AddSingleton<ICatalogue>(world)
            .AddSingleton<IGrainFactory>(new WorldGrains(world, new()))
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IHostApplicationLifetime>(new Lifetime())
            .AddSingleton(new PageTokens(() => ("test", "secret")))
            .AddScoringCore(options =>
            {
                options.Processors = 2;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
        if (runs)
        {
            _runner = ActivatorUtilities.CreateInstance<OperationRunner>(_services, _services.GetRequiredService<IStoreHealth>());
        }
    }

    public OperationApi Api => _services.GetRequiredService<OperationApi>();

    public ScoringApi Direct => _services.GetRequiredService<ScoringApi>();

    public LongRunningOperations Operations => _services.GetRequiredService<LongRunningOperations>();

    public IServiceProvider Services => _services;

    /// <summary>Starts a process.</summary>
    public static async Task<OperationHouse> StartAsync(
        TestStore store,
        World world,
        StandingTime time,
        bool runs = true,
        Action<ScoringOptions>? configure = null,
        IProcesses? processes = null
    )
    {
        var house = new OperationHouse(store, world, time, runs, configure, processes);
        await (house._runner?.StartAsync(CancellationToken.None) ?? Task.CompletedTask);
        return house;
    }

    /// <summary>A call, of a caller who says a name.</summary>
    public static FakeCall Call(string actor = "", CancellationToken cancellationToken = default)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["ew-actor"] = actor;
        var call = new FakeCall(cancellationToken: cancellationToken);
        call.UserState["__HttpContext"] = http;
        return call;
    }

    public async Task<V1.Operation> StartAsync(V1.StartOperationRequest request, string actor = "") =>
        (await Api.StartOperation(request, Call(actor))).Operation;

    public async Task<V1.Operation> GetAsync(string name) => (await Api.GetOperation(new() { Name = name }, Call())).Operation;

    public async Task<V1.ListOperationsResponse> ListAsync(V1.ListOperationsRequest? request = null) =>
        await Api.ListOperations(request ?? new(), Call());

    /// <summary>Waits until an operation has ended.</summary>
    public Task<V1.Operation> EndOfAsync(string name) =>
        Eventually.GetAsync(
            async () => (await Api.WaitOperation(new() { Name = name }, Call())).Operation,
            operation => operation.EndTime is not null,
            $"{name} has ended"
        );

    /// <summary>Waits until an operation runs.</summary>
    public Task<V1.Operation> RunningAsync(string name) =>
        Eventually.GetAsync(() => GetAsync(name), operation => operation.State == State.Running && operation.Progress > 0, $"{name} runs");

    /// <summary>Takes the process away as a kill does: nothing of it writes any more, and what it has stored stays.</summary>
    public static Task MarkAsKilledAsync(TestStore store, string name, int attempts) =>
        store.CommitAsync(
            new Unit().Add(
                "update scoring_operation set state = $1, attempts = $2 where name = $3",
                (long)State.Running,
                (long)attempts,
                name
            ),
            CancellationToken.None
        );

    public async ValueTask DisposeAsync()
    {
        if (_runner is not null)
        {
            await _runner.StopAsync(CancellationToken.None);
            _runner.Dispose();
        }

        await _services.DisposeAsync();
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new NotSupportedException();
    }
}
