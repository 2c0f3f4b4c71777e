using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Sidecar.Tests.Infrastructure;

/// <summary>The suite's own store, on a folder that goes with it.</summary>
internal sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider? _services;
    private SuiteStore? _connection;

    public IJournals Journals => _services!.GetRequiredService<IJournals>();

    public async Task StartAsync()
    {
        _connection = new(new() { DataDirectory = _folder.Path }, [], TimeProvider.System, NullLoggerFactory.Instance);
        await _connection.StartAsync(CancellationToken.None);
        _services = new ServiceCollection().AddLogging().AddStore(_connection).BuildServiceProvider();
    }

    public async Task StopAsync()
    {
        await _services!.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }
}
