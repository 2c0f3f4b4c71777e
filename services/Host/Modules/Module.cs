using System.Reflection;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Options;
using EarlyWarning.Store.Migrations;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace EarlyWarning.Host.Modules;

/// <summary>A service as the suite composes it.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Needs">
/// The names of the services whose objects it takes from the same process, each before it in <see cref="ModuleTable.All"/>. What it reaches through
/// grains and topics may run anywhere.
/// </param>
/// <param name="Add">Adds the service.</param>
/// <param name="Map">Maps what the service serves.</param>
internal sealed record Module(string Name, IReadOnlyList<string> Needs, Action<ModuleContext> Add, Action<WebApplication> Map)
{
    /// <summary>Gets the steps that bring the service's tables to their form.</summary>
    public IReadOnlyList<Migration> Migrations { get; init; } = [];

    /// <summary>Gets the services of the contract that it serves.</summary>
    public IReadOnlyList<ServiceDescriptor> Serves { get; init; } = [];

    /// <summary>Gets the names of the readiness checks, beside the store's, without which it does not serve.</summary>
    public IReadOnlyList<string> ReadyBy { get; init; } = [];

    /// <summary>Gets the assembly that has its grains; <see langword="null"/> where it has none.</summary>
    public Assembly? Grains { get; init; }
}

/// <summary>What a service is added with.</summary>
/// <param name="Services">The process's services.</param>
/// <param name="Options">What the command line asks for.</param>
/// <param name="Own">How the suite's own clients call it.</param>
/// <param name="IsOwnPort">Knows the ports on which the suite itself listens.</param>
internal sealed record ModuleContext(IServiceCollection Services, SuiteOptions Options, OwnClient Own, Func<int, bool> IsOwnPort);
