using System.Text.Json;

namespace EarlyWarning.Receiver;

/// <summary>
/// What was taken, one message a line. A line break comes before each, so that a line cut off by a crash spoils no other. An id is
/// remembered for as long as it may come again. Thread-safe.
/// </summary>
internal sealed class Inbox : IDisposable
{
    /// <summary>A message is tried for seven days; as long again for what somebody has sent anew.</summary>
    private static readonly TimeSpan s_keep = TimeSpan.FromDays(14);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = [];
    private readonly Queue<(string Id, long At)> _oldestFirst = [];
    private readonly TimeProvider _time;
    private readonly FileStream _file;

    public Inbox(string path, TimeProvider time)
    {
        _time = time;
        var first = First();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            try
            {
                var taken = JsonElement.Parse(line);
                if (taken.GetProperty("at").GetInt64() is var at && at >= first)
                {
                    Remember(taken.GetProperty("id").GetString()!, at);
                }
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // Cut off before it was answered: it comes again.
            }
        }

        _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Keeps a message; false where it is there already.</summary>
    public bool Take(string id, JsonElement message)
    {
        lock (_lock)
        {
            var first = First();
            while (_oldestFirst.TryPeek(out var oldest) && oldest.At < first)
            {
                _ids.Remove(_oldestFirst.Dequeue().Id);
            }

            if (_ids.Contains(id))
            {
                return false;
            }

            var at = _time.GetUtcNow().ToUnixTimeSeconds();
            _file.WriteByte((byte)'\n');
            _file.Write(
                JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        id,
                        at,
                        message,
                    }
                )
            );
            _file.Flush(flushToDisk: true);
            Remember(id, at);
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What was taken before this moment does not come again.</summary>
    private long First() => (_time.GetUtcNow() - s_keep).ToUnixTimeSeconds();

    private void Remember(string id, long at)
    {
        _ids.Add(id);
        _oldestFirst.Enqueue((id, at));
    }
}
