using System.Reflection;
using EarlyWarning.Host.Clients;
using EarlyWarning.Host.Options;
using EarlyWarning.Store.Migrations;

namespace EarlyWarning.Host.Modules;

/// <summary>
/// A service as the suite composes it. It takes no objects of another service: what it needs of others it reaches through grains, topics
/// and what every process has, wherever they run.
/// </summary>
/// <param name="Name">The service's name.</param>
/// <param name="Add">Adds the service.</param>
/// <param name="Map">Maps what the service serves.</param>
internal sealed record Module(string Name, Action<ModuleContext> Add, Action<WebApplication> Map)
{
    /// <summary>
    /// Gets the steps that bring the service's tables to their form. Whichever process starts first takes those of all services.
    /// </summary>
    public IReadOnlyList<Migration> Migrations { get; init; } = [];

    /// <summary>Gets the services of the contract that it serves.</summary>
    public IReadOnlyList<ContractService> Serves { get; init; } = [];

    /// <summary>Gets the paths that it serves beside them.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>Gets the names of the readiness checks, beside the store's, without which it does not serve.</summary>
    public IReadOnlyList<string> ReadyBy { get; init; } = [];

    /// <summary>Gets its Dapr app id; <see langword="null"/> where it neither publishes nor subscribes.</summary>
    public string? AppId { get; init; }

    /// <summary>Gets whether it subscribes, and so listens on a port of its app id.</summary>
    public bool Subscribes { get; init; }

    /// <summary>Gets the assembly that has its grains; <see langword="null"/> where it has none.</summary>
    public Assembly? Grains { get; init; }

    /// <summary>Gets whether it reads the catalogue.</summary>
    public bool ReadsCatalogue { get; init; }
}

/// <summary>What a service is added with.</summary>
/// <param name="Services">The process's services.</param>
/// <param name="Options">What the command line asks for.</param>
/// <param name="Own">How the suite's own clients call it.</param>
/// <param name="IsOwnPort">Knows the ports on which the suite itself listens.</param>
internal sealed record ModuleContext(IServiceCollection Services, SuiteOptions Options, OwnClient Own, Func<int, bool> IsOwnPort);
