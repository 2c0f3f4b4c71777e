using System.Collections.Frozen;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Access.Keys;

/// <summary>
/// Who may call a running suite: the keys of its file as it stands, looked at every second, and one of the suite's own that lives as long
/// as the process. Without a file everybody is let in, until there is one; from then on nothing but a new start lets everybody in again.
/// A file that is damaged leaves the last good keys in force; one that is gone, or names nobody, leaves none. Thread-safe.
/// </summary>
public sealed class ApiKeys
{
    private readonly WatchedFile<FileContent> _file;
    private readonly TimeProvider _time;
    private readonly KeyInForce _own;
    private readonly string _ownKey;
    private Func<string>? _shared;
    private volatile KeySet _listing = KeySet.Nobody;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file; <see langword="null"/> for none ever, which lets everybody in.</param>
    /// <exception cref="InvalidDataException">It is not a list of keys.</exception>
    public ApiKeys(KeyFile? file)
    {
        _time = file?.Time ?? TimeProvider.System;
        var (own, key) = ApiKey.Make("suite", _time.GetUtcNow(), [], expires: null);
        (_own, _ownKey) = (new(own), key);
        Path = file?.Path ?? "";
        _file = new(
            Path,
            () => FileContent.Read(Path),
            content => Take(file!.Parse(content.Bytes.Span)),
            "Every caller is refused.",
            () => Take([])
        );
        _file.Open();
        if (file is not null)
        {
            Uses = new(KeyUses.PathBeside(file), _time.GetUtcNow());
            Uses.Load();
        }
    }

    /// <summary>Gets the key with which the suite's own clients call it.</summary>
    public string OwnKey => _shared?.Invoke() ?? _ownKey;

    /// <summary>Gets whether everybody is let in: there has been no file since the start.</summary>
    public bool IsOpen => !_file.There.IsCancellationRequested;

    /// <summary>Gets why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => _file.Problem;

    /// <summary>Gets the keys of the file in force, expired ones too.</summary>
    public IReadOnlyCollection<ApiKey> All => _listing.Kept;

    /// <summary>Gets where the file is expected; empty where there is none ever.</summary>
    public string Path { get; }

    /// <summary>Gets the last uses; <see langword="null"/> where there is no file ever.</summary>
    internal KeyUses? Uses { get; }

    /// <summary>Gets what ends when not everybody is let in any longer.</summary>
    internal CancellationToken Closed => _file.There;

    /// <summary>Has the suite's own clients show what all of its processes know, so that those of each are known to all.</summary>
    /// <param name="secret">Gives it as it is now.</param>
    public void ShareOwn(Func<string> secret) => _shared = secret;

    /// <summary>
    /// The key that a caller shows, whether it has expired or not; <see langword="null"/> where it is not known. The look-up is by hash,
    /// so its time tells nothing of a key.
    /// </summary>
    internal KeyInForce? Find(string key)
    {
        var hash = ApiKey.Hash(key);
        return hash == (_shared is { } shared ? ApiKey.Hash(shared()) : _own.Kept.Sha256) ? _own : _listing.ByHash.GetValueOrDefault(hash);
    }

    /// <summary>A key of the file in force by its id; <see langword="null"/> where there is none.</summary>
    internal KeyInForce? FindById(string id) => _listing.ByHash.Values.FirstOrDefault(key => key.Kept.Id == id);

    /// <summary>Whether a key is the one with which the suite's own clients call it.</summary>
    internal bool IsOwn(KeyInForce key) => key == _own;

    /// <summary>What whoever shows a key may: all, where it is the suite itself.</summary>
    internal CallerGrants GrantsOf(KeyInForce key) => IsOwn(key) ? CallerGrants.Suite : CallerGrants.Of(key.Kept.Roles);

    /// <summary>Whether a key is refused by now.</summary>
    internal bool HasExpired(KeyInForce key) => key.Kept.HasExpired(_time.GetUtcNow());

    /// <summary>Marks that a caller has shown a key.</summary>
    internal void Mark(KeyInForce key)
    {
        if (!IsOwn(key))
        {
            Uses?.Mark(key.Kept.Id, _time.GetUtcNow());
        }
    }

    /// <summary>Is told what is in force before and after each change of it.</summary>
    internal Action<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>> Changed { get; set; } = static (_, _) => { };

    /// <summary>Looks at the file, puts in force what it says, and ends what is open under keys that are not in force any longer.</summary>
    internal void Look(ILogger? logger = null)
    {
        var now = _time.GetUtcNow();
        TakeFile(logger ?? NullLogger.Instance);
        foreach (var key in _listing.ByHash.Values.Where(key => !key.Ended.IsCancellationRequested && key.Kept.HasExpired(now)))
        {
            key.End();
        }

        // A clock that was ahead and was set right: what had expired by it is in force again.
        if (_listing.ByHash.Values.Any(key => key.Ended.IsCancellationRequested && !key.Kept.HasExpired(now)))
        {
            _listing = KeySet.Of(_listing.Kept, _listing);
        }
    }

    /// <summary>Writes the last uses, those of keys under which something is open among them.</summary>
    internal void WriteUses()
    {
        if (IsOpen)
        {
            return;
        }

        var keys = _listing.ByHash.Values;
        foreach (var key in keys.Where(key => key.IsHeld))
        {
            Mark(key);
        }

        Uses?.Write(keys.Select(key => key.Kept.Id));
    }

    private void TakeFile(ILogger logger)
    {
        switch (_file.Look())
        {
            case FileLook.First:
                logger.Closed(Path);
                logger.KeysTaken(Path, All.Count);
                break;
            case FileLook.Taken:
                logger.KeysTaken(Path, All.Count);
                break;
            case FileLook.Refused:
                logger.KeysNotTaken(Problem);
                break;
            default:
                break;
        }
    }

    private void Take(IReadOnlyList<ApiKey> keys)
    {
        var before = _listing;
        _listing = KeySet.Of(keys, before);
        before.EndAllBut(_listing);
        Changed(before.Kept, keys);
    }

    /// <summary>The keys of a file. Immutable.</summary>
    private sealed record KeySet(FrozenDictionary<string, KeyInForce> ByHash, IReadOnlyList<ApiKey> Kept)
    {
        public static readonly KeySet Nobody = new(FrozenDictionary<string, KeyInForce>.Empty, []);

        /// <summary>Keys that were there before and are the same stay, with what is open under them.</summary>
        public static KeySet Of(IReadOnlyList<ApiKey> kept, KeySet before) =>
            new(
                kept.ToFrozenDictionary(
                    key => key.Sha256,
                    key =>
                        before.ByHash.GetValueOrDefault(key.Sha256) is { Ended.IsCancellationRequested: false } same && same.Kept == key
                            ? same
                            : new(key),
                    StringComparer.Ordinal
                ),
                kept
            );

        public void EndAllBut(KeySet after)
        {
            foreach (var key in ByHash.Values.Where(key => after.ByHash.GetValueOrDefault(key.Kept.Sha256) != key))
            {
                key.End();
            }
        }
    }
}
