using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>What the local sidecar is started with.</summary>
public sealed record SidecarOptions
{
    /// <summary>
    /// The folder with the same files that daprd is given: components and resiliency, in it and in its folder <c>components</c>. Empty, by
    /// default, for those that ship, which whoever starts it puts here.
    /// </summary>
    public string ConfigurationFolder { get; init; } = "";

    /// <summary>
    /// Other app ids than the suite's to be served in their place, for whoever tries the sidecar itself. By default none. Whoever starts it
    /// makes <see cref="Apps"/> of them.
    /// </summary>
    public IReadOnlyList<string> AppIds { get; init; } = [];

    /// <summary>The app ids to stand beside, one listening pair each.</summary>
    [Browsable(false)]
    public IReadOnlyList<SidecarApp> Apps { get; init; } = [];

    /// <summary>The journal to keep messages in. By default <c>sidecar/messages</c>.</summary>
    [Browsable(false)]
    public string Journal { get; init; } = "sidecar/messages";

    /// <summary>How many messages may wait for delivery before a publish is refused. 1 to 10,000,000, by default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaiting { get; init; } = 100_000;

    /// <summary>How many bytes of messages may wait for delivery before a publish is refused. 1 MB to 1 TB, by default 256 MB.</summary>
    [Range(1_000_000, 1_000_000_000_000)]
    public long MaxWaitingBytes { get; init; } = 256_000_000;

    /// <summary>
    /// How many dead letters are kept; beyond it the oldest is discarded, with an error in the log. 1 to 1,000,000, by default 10,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxDeadLetters { get; init; } = 10_000;

    /// <summary>How often an app that does not answer is asked again. 10 ms to 1 h, by default every second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asked before the journal is opened again, after the store was away: whether this sidecar is still the one that writes it. By default
    /// it is.
    /// </summary>
    internal Func<CancellationToken, Task<bool>> MayReopen { get; init; } = static _ => Task.FromResult(true);

    /// <summary>
    /// Whether its journal is of a folder that one process holds: then what fences it is no other sidecar, but that process's own take-over
    /// of its store, and it goes on in the new epoch.
    /// </summary>
    [Browsable(false)]
    public bool IsAlone { get; init; }

    /// <summary>After how many appends the journal's beginning is let go of.</summary>
    internal int CheckpointEvery { get; init; } = 1_000;
}

/// <summary>An app id and where its processes listen.</summary>
/// <param name="AppId">The Dapr app id, which is also its consumer group.</param>
/// <param name="AppPorts">The loopback port of the AppCallback service of each of its processes; none for an app that only
/// publishes.</param>
/// <param name="DaprApiToken">The token that a caller of the sidecar must send; empty for none.</param>
/// <param name="AppApiToken">The token that the sidecar sends with each delivery; empty for none.</param>
/// <param name="GrpcPort">The loopback port of the sidecar's gRPC API; 0 takes a free one.</param>
/// <param name="HttpPort">The loopback port of the sidecar's HTTP API; 0 takes a free one.</param>
public sealed record SidecarApp(
    string AppId,
    IReadOnlyList<int> AppPorts,
    string DaprApiToken = "",
    string AppApiToken = "",
    int GrpcPort = 0,
    int HttpPort = 0
);

/// <summary>Where the sidecar of an app id listens.</summary>
/// <param name="App">The app, as in the options.</param>
/// <param name="Grpc">Its gRPC API.</param>
/// <param name="Http">Its HTTP API.</param>
public sealed record SidecarEndpoint(SidecarApp App, Uri Grpc, Uri Http);
