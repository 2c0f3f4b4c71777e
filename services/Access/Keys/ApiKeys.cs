using System.Collections.Frozen;
using EarlyWarning.Access.Roles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.Access.Keys;

/// <summary>
/// Who may call a running suite: the keys of its file as it stands, looked at every second, and one of the suite's own that lives as long
/// as the process. Without a file everybody is let in, until there is one; from then on nothing but a new start lets everybody in again.
/// A file that is damaged leaves the last good keys in force; one that is gone, or names nobody, leaves none. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory.
public sealed class ApiKeys
#pragma warning restore CA1001
{
    private readonly KeyFile? _file;
    private readonly TimeProvider _time;
    private readonly KeyInForce _own;
    private readonly string _ownKey;
    private readonly CancellationTokenSource _closed = new();
    private Func<string>? _shared;
    private byte[]? _bytes;
    private volatile Listing _listing = Listing.Nobody;
    private volatile string _problem = "";

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file; <see langword="null"/> for none ever, which lets everybody in.</param>
    /// <exception cref="InvalidDataException">It is not a list of keys.</exception>
    public ApiKeys(KeyFile? file)
    {
        _time = file?.Time ?? TimeProvider.System;
        var (own, key) = ApiKey.Make("suite", _time.GetUtcNow(), [], expires: null);
        (_file, _own, _ownKey) = (file, new(own), key);
        if (file?.ReadBytes() is { } bytes)
        {
            _listing = Listing.Of(file.Parse(bytes), Listing.Nobody);
            _bytes = bytes;
            _closed.Cancel();
        }

        if (file is not null)
        {
            Uses = new(KeyUses.PathBeside(file), _time.GetUtcNow());
            Uses.Load();
        }
    }

    /// <summary>Gets the key with which the suite's own clients call it.</summary>
    public string OwnKey => _shared?.Invoke() ?? _ownKey;

    /// <summary>Gets whether everybody is let in: there has been no file since the start.</summary>
    public bool IsOpen => !_closed.IsCancellationRequested;

    /// <summary>Gets why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => _problem;

    /// <summary>Gets the keys of the file in force, expired ones too.</summary>
    public IReadOnlyCollection<ApiKey> All => _listing.Kept;

    /// <summary>Gets where the file is expected; empty where there is none ever.</summary>
    public string Path => _file?.Path ?? "";

    /// <summary>Gets the last uses; <see langword="null"/> where there is no file ever.</summary>
    internal KeyUses? Uses { get; }

    /// <summary>Gets what ends when not everybody is let in any longer.</summary>
    internal CancellationToken Closed => _closed.Token;

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

    /// <summary>What whoever shows a key may: all, where it is the suite itself.</summary>
    internal CallerGrants GrantsOf(KeyInForce key) => key == _own ? CallerGrants.Suite : CallerGrants.Of(key.Kept.Roles);

    /// <summary>Whether a key is refused by now.</summary>
    internal bool HasExpired(KeyInForce key) => key.Kept.HasExpired(_time.GetUtcNow());

    /// <summary>Marks that a caller has shown a key.</summary>
    internal void Mark(KeyInForce key)
    {
        if (key != _own)
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
            _listing = Listing.Of(_listing.Kept, _listing);
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
        if (_file is null)
        {
            return;
        }

        byte[]? bytes = null;
        try
        {
            bytes = _file.ReadBytes();
            if (bytes is null)
            {
                TakeAbsence(logger);
            }
            else if (_bytes is null || !bytes.AsSpan().SequenceEqual(_bytes))
            {
                Take(_file.Parse(bytes), logger);
                _bytes = bytes;
            }
            else if (_problem.Length > 0)
            {
                // Put back as it was.
                _problem = "";
                logger.KeysTaken(_file.Path, All.Count);
            }
        }
#pragma warning disable CA1031 // Whatever a look meets, the last good keys stay in force and the next look is made.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(exception.Message, logger);
        }
    }

    private void TakeAbsence(ILogger logger)
    {
        if (IsOpen)
        {
            _problem = "";
            return;
        }

        var before = _listing;
        (_listing, _bytes) = (Listing.Nobody, null);
        before.EndAllBut(Listing.Nobody);
        Changed(before.Kept, []);
        Report($"{Path} is gone. Every caller is refused.", logger);
    }

    private void Take(IReadOnlyList<ApiKey> keys, ILogger logger)
    {
        var before = _listing;
        _listing = Listing.Of(keys, before);
        before.EndAllBut(_listing);
        Changed(before.Kept, keys);
        _problem = "";
        if (IsOpen)
        {
            _ = _closed.CancelAsync();
            logger.Closed(Path);
        }

        logger.KeysTaken(Path, keys.Count);
    }

    private void Report(string problem, ILogger logger)
    {
        // Once: the same every second would bury what else there is to read.
        if (problem != _problem)
        {
            _problem = problem;
            logger.KeysNotTaken(problem);
        }
    }

    /// <summary>The keys of a file. Immutable.</summary>
    private sealed record Listing(FrozenDictionary<string, KeyInForce> ByHash, IReadOnlyList<ApiKey> Kept)
    {
        public static readonly Listing Nobody = new(FrozenDictionary<string, KeyInForce>.Empty, []);

        /// <summary>Keys that were there before and are the same stay, with what is open under them.</summary>
        public static Listing Of(IReadOnlyList<ApiKey> kept, Listing before) =>
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

        public void EndAllBut(Listing after)
        {
            foreach (var key in ByHash.Values.Where(key => after.ByHash.GetValueOrDefault(key.Kept.Sha256) != key))
            {
                key.End();
            }
        }
    }
}
