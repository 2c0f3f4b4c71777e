using System.Collections.Concurrent;
using System.Text.Json;
using EarlyWarning.Store.Files;

namespace EarlyWarning.Access.Keys;

/// <summary>
/// When each key was last used, to the minute. A call only marks it in memory; the running suite, and nobody else, writes it into a file
/// of its own now and then, so a crash loses what was marked since. Several processes that share the keys share the file. Thread-safe.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="now">Since when uses are marked, where the file does not say.</param>
public sealed class KeyUses(string path, DateTimeOffset now)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly ConcurrentDictionary<string, long> _minutes = new(StringComparer.Ordinal);
    private DateTimeOffset _since = now;
    private byte[] _written = [];

    /// <summary>Where the uses of a file's keys are.</summary>
    public static string PathBeside(KeyFile keys) =>
        Path.ChangeExtension((keys ?? throw new ArgumentNullException(nameof(keys))).Path, ".used.json");

    /// <summary>What a suite has written; <see langword="null"/> where it is not known.</summary>
    public static KeptUses? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptUses>(File.ReadAllBytes(path), s_json) is { Used: not null } kept ? kept : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Goes on from what was written. Without it, what was before is not known.</summary>
    internal void Load()
    {
        if (Read(path) is { } kept)
        {
            _since = kept.Since;
            foreach (var (id, used) in kept.Used)
            {
                Mark(id, used);
            }
        }
    }

    /// <summary>Marks a use.</summary>
    internal void Mark(string id, DateTimeOffset at)
    {
        var minute = MinuteOf(at);
        if (!_minutes.TryGetValue(id, out var known) || known < minute)
        {
            _minutes[id] = minute;
        }
    }

    /// <summary>Writes what has changed, of these keys, beside what other processes have written.</summary>
    internal void Write(IEnumerable<string> ids)
    {
        Load();
        var used = ids.Where(_minutes.ContainsKey)
            .Order(StringComparer.Ordinal)
            .ToDictionary(id => id, id => DateTimeOffset.UnixEpoch.AddMinutes(_minutes[id]));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new KeptUses(_since, used), s_json);
        if (!bytes.AsSpan().SequenceEqual(_written))
        {
            DurableFile.Write(path, bytes);
            _written = bytes;
        }
    }

    private static long MinuteOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;
}

/// <summary>The uses of keys as they are kept.</summary>
/// <param name="Since">Since when uses are marked: a key that is older and has none may have been used before.</param>
/// <param name="Used">The minute of the last use, by the key's id.</param>
public sealed record KeptUses(DateTimeOffset Since, IReadOnlyDictionary<string, DateTimeOffset> Used);
