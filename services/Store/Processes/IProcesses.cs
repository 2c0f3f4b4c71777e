using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Processes;

/// <summary>
/// The processes that share the store: each writes a row that it keeps alive, so that the others know which services run where, and whose
/// leases have ended with their holder. Thread-safe.
/// </summary>
public interface IProcesses
{
    /// <summary>Gets this process's id: random, new with each start, and the holder of its leases.</summary>
    string Own { get; }

    /// <summary>Lists all that have not ended, this one among them, by their ids.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<IReadOnlyList<SuiteProcess>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Tells the others which content of a file this process goes by, so that one that goes by another is seen. Known to them within a
    /// second or two.
    /// </summary>
    /// <param name="file">The file's name, without a path and without blanks.</param>
    /// <param name="fingerprint">Stands for its content; without blanks.</param>
    void GoBy(string file, string fingerprint);

    /// <summary>
    /// Lists those of some processes that have ended, so that what they held may be taken over. Asked after what they hold was read.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}

/// <summary>A process of the suite.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Services">The services that run in it, by the names that <c>--services</c> takes.</param>
/// <param name="Peer">Where others of the suite call it, such as <c>10.1.2.3:5052</c>; empty where the process is alone.</param>
/// <param name="Version">The build that it runs.</param>
/// <param name="Started">When it started, by its own clock.</param>
/// <param name="Silence">For how long it has written nothing, by the store's clock.</param>
public sealed record SuiteProcess(
    string Id,
    IReadOnlyList<string> Services,
    string Peer,
    string Version,
    DateTimeOffset Started,
    TimeSpan Silence
)
{
    /// <summary>After this silence a process counts as ended: what it held is taken over.</summary>
    public static readonly TimeSpan EndsAfter = Database.ProcessEndsAfter;

    /// <summary>Gets what stands for the content of each file that it goes by, by the file's name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets whether it still counts as running.</summary>
    public bool IsAlive => Silence < EndsAfter;
}
