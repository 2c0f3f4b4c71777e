using System.Globalization;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Suites;
using EarlyWarning.Host.Composition;
using Grpc.Net.Client;

namespace EarlyWarning.Driver.Targets;

/// <summary>The bare echo in a process of its own.</summary>
internal sealed class EchoTarget : IDisposable
{
    private readonly ChildProcess _process;
    private readonly SuiteConnection[] _connections;

    private EchoTarget(ChildProcess process, int port, int connections)
    {
        _process = process;
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new SuiteConnection(new($"http://127.0.0.1:{port}")))];
        Callers = [.. _connections.Select(connection => new Caller(connection.Invoker, []))];
    }

    public IReadOnlyList<Caller> Callers { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="connections">As many as the suite beside it is called by.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<EchoTarget> StartAsync(int connections, CancellationToken cancellationToken)
    {
        var port = FreePort.Take();
        var process = new ChildProcess(
            ChildProcess.Executable("Driver", "EarlyWarning.Driver"),
            ["echo", port.ToString(CultureInfo.InvariantCulture)]
        );
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        await channel.ConnectAsync(cancellationToken);
        return new(process, port, connections);
    }

    public void Dispose()
    {
        Array.ForEach(_connections, connection => connection.Dispose());
        _process.Dispose();
    }
}
