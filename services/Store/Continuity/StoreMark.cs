using System.Text.Json;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Files;

namespace EarlyWarning.Store.Continuity;

/// <summary>What the data folder knows of its store, so that another one, an emptied one or an older one is recognised.</summary>
/// <param name="Identity">The store's identity.</param>
/// <param name="Epoch">The epoch in which this folder uses it; empty while the store is being made.</param>
/// <param name="NextEpoch">The epoch that is being written to the store just now, which counts where it is found there; else empty.</param>
/// <param name="Exercise">Whether it is an exercise's.</param>
/// <param name="Owner">The folder's own mark.</param>
/// <param name="Beat">The newest beat that the store has acknowledged, as of at most a second ago.</param>
/// <param name="Place">Where the folder was.</param>
/// <param name="Server">Which server had the store; empty where there is none.</param>
/// <param name="Exact">Whether the beat is the last one, because the suite was stopped cleanly.</param>
/// <param name="Process">The process that had the folder last, which has ended where another one has it.</param>
internal sealed record StoreMark(
    string Identity,
    string Epoch,
    string NextEpoch,
    bool Exercise,
    string Owner,
    long Beat,
    FolderLocation Place,
    string Server,
    bool Exact,
    string Process
)
{
    public const string FileName = "store.mark";

    // What is missing or null in it would read as another store's.
    private static readonly JsonSerializerOptions s_json = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The mark of a store that is about to be made or taken over.</summary>
    public static StoreMark Before(StoreIdentity next, StoreMark? present, string folder) =>
        present is null
            ? new(next.Identity, "", next.Epoch, next.Exercise, next.Owner, 0, FolderLocation.Of(folder), "", true, "")
            : present with
            {
                NextEpoch = next.Epoch,
            };

    /// <summary>The mark of a store in use.</summary>
    public static StoreMark Of(StoreIdentity identity, long beat, string folder, string server, string process) =>
        new(
            identity.Identity,
            identity.Epoch,
            "",
            identity.Exercise,
            identity.Owner,
            beat,
            FolderLocation.Of(folder),
            server,
            false,
            process
        );

    /// <exception cref="StoreStartException">There is one that cannot be read.</exception>
    public static StoreMark? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<StoreMark>(File.ReadAllBytes(path), s_json) ?? throw new JsonException("It is null.")
                : null;
        }
        catch (JsonException exception)
        {
            throw new StoreStartException(
                $"The file {path}, which says which store the folder belongs to, cannot be read. Restore the folder from a backup; or "
                    + "remove the file and start once with --resume, which takes the store as it is.",
                exception
            );
        }
    }

    public void Write(string folder) => DurableFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this));
}
